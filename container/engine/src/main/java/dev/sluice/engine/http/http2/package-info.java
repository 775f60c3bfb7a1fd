/** HTTP/2 (RFC 9113) on a connection of the transport: frames, streams and flow control; requests are the business of the package above. */
@NullMarked
package dev.sluice.engine.http.http2;

import org.jspecify.annotations.NullMarked;
