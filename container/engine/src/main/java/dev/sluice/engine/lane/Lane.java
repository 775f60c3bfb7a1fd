package dev.sluice.engine.lane;

import dev.sluice.engine.http.EventLoop;

/** A way to run application code. Implementations are safe for any thread. */
public interface Lane {
    /** Its name in configuration, logs and statistics. */
    String name();

    /**
     * Runs the task, here and now or later, on a thread of this lane.
     *
     * @param loop the loop of the request's connection
     * @throws java.util.concurrent.RejectedExecutionException if the lane takes no more
     */
    void execute(EventLoop loop, LaneTask task);
}
