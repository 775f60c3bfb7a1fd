/** A transport on io_uring: connections submit their own operations to their loop's ring, and there is no Netty channel in between. */
@NullMarked
package dev.sluice.transport.uring;

import org.jspecify.annotations.NullMarked;
