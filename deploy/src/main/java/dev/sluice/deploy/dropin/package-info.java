/** The directory that applications are dropped into: what its names mean, and what changed in it. */
@NullMarked
package dev.sluice.deploy.dropin;

import org.jspecify.annotations.NullMarked;
