/** Parts of multipart/form-data requests, streamed within limits (Servlet 6.1, 3.2). */
@NullMarked
package dev.sluice.engine.multipart;

import org.jspecify.annotations.NullMarked;
