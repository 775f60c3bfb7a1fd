/** Starts the container in a class loader of its own: the only classes of the product that the system class loader shows. */
@NullMarked
package dev.sluice.launch;

import org.jspecify.annotations.NullMarked;
