/** Which status a failure has, which error page of the application answers it (Servlet 6.1, 10.9.2), and what is shown without one. */
@NullMarked
package dev.sluice.engine.error;

import org.jspecify.annotations.NullMarked;
