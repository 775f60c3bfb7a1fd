/** The event listeners of a web application, by kind and in the order of their invocation (Servlet 6.1, 11). */
@NullMarked
package dev.sluice.engine.listener;

import org.jspecify.annotations.NullMarked;
