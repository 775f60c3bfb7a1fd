/** URL patterns and the rules that pick the target of a path (Servlet 6.1, 12). */
@NullMarked
package dev.sluice.engine.mapping;

import org.jspecify.annotations.NullMarked;
