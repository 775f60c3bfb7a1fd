/** The seam between the container and what drives its sockets: loops, buffers, listeners. */
@NullMarked
package dev.sluice.transport;

import org.jspecify.annotations.NullMarked;
