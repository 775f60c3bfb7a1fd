/** What every transport of ours shares: the turn of a loop, its tasks and timers, the worker, placement and the closing down. */
@NullMarked
package dev.sluice.transport.loop;

import org.jspecify.annotations.NullMarked;
