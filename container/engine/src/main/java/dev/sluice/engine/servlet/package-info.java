/** The servlet engine proper: application, context, requests, responses and the dispatches between them (Servlet 6.1, 2 to 5 and 9). */
@NullMarked
package dev.sluice.engine.servlet;

import org.jspecify.annotations.NullMarked;
