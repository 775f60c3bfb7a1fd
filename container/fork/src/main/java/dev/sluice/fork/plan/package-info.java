/** The steps that make a fork, and the method handles that they run. */
@NullMarked
package dev.sluice.fork.plan;

import org.jspecify.annotations.NullMarked;
