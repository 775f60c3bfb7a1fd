/** The seam between what drives the sockets (nio, io_uring or a plugged-in one) and the HTTP engine above. */
@NullMarked
package dev.sluice.transport;

import org.jspecify.annotations.NullMarked;
