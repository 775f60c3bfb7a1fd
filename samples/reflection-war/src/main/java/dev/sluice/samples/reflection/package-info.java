/** A web application that calls its container by reflection only. */
@NullMarked
package dev.sluice.samples.reflection;

import org.jspecify.annotations.NullMarked;
