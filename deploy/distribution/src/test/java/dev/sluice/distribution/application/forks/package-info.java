/** A web application that forks, packed into WARs by tests. */
@NullMarked
package dev.sluice.distribution.application.forks;

import org.jspecify.annotations.NullMarked;
