/** Which error page answers a status code or an exception (Servlet 6.1, 10.9.2). */
@NullMarked
package dev.sluice.engine.error;

import org.jspecify.annotations.NullMarked;
