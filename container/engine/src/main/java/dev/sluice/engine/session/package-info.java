/** HTTP sessions: life cycle, tracking, listeners and persistence (Servlet 6.1, 7). */
@NullMarked
package dev.sluice.engine.session;

import org.jspecify.annotations.NullMarked;
