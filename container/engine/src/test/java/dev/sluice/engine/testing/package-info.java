/** An engine in the test's process: raw request text in, raw response text out. */
@NullMarked
package dev.sluice.engine.testing;

import org.jspecify.annotations.NullMarked;
