/** Engines that were tried and not chosen, in the package of the one that was, to use its walk and its schedule. */
@NullMarked
package dev.sluice.fork.plan;

import org.jspecify.annotations.NullMarked;
