/** The walk over a graph of objects, and what it finds. */
@NullMarked
package dev.sluice.fork.walk;

import org.jspecify.annotations.NullMarked;
