/** The order in which the objects of a graph can be made, keys before their holders; the pristine copy is made in it. */
@NullMarked
package dev.sluice.fork.order;

import org.jspecify.annotations.NullMarked;
