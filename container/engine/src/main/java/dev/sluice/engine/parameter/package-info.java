/** Request parameters from the query string and from form bodies, within limits (Servlet 6.1, 3.1). */
@NullMarked
package dev.sluice.engine.parameter;

import org.jspecify.annotations.NullMarked;
