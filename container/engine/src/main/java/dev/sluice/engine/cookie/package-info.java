/** Cookies of requests and responses as RFC 6265 has them (Servlet 6.1, 3.13). */
@NullMarked
package dev.sluice.engine.cookie;

import org.jspecify.annotations.NullMarked;
