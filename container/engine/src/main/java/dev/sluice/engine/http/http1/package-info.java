/** HTTP/1.1 (RFC 9112) as bytes: one strict reader of heads, chunks and trailers; requests are the business of the package above. */
@NullMarked
package dev.sluice.engine.http.http1;

import org.jspecify.annotations.NullMarked;
