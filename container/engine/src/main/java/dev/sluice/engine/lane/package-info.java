/** How application code is run: on virtual threads that a loop carries, on a shared pool, or on the loop itself. */
@NullMarked
package dev.sluice.engine.lane;

import org.jspecify.annotations.NullMarked;
