/** The body streams of request and response, blocking and non-blocking (Servlet 6.1, 3.7 and 5.5). */
@NullMarked
package dev.sluice.engine.stream;

import org.jspecify.annotations.NullMarked;
