/** The states of a request in asynchronous mode, as one machine (Servlet 6.1, 2.3.3.3). */
@NullMarked
package dev.sluice.engine.async;

import org.jspecify.annotations.NullMarked;
