/** The one place that every request passes: its id, limits, permits, deadline, and who may answer it. */
@NullMarked
package dev.sluice.engine.gate;

import org.jspecify.annotations.NullMarked;
