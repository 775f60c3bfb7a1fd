package dev.sluice.engine.lane;

import dev.sluice.engine.http.Labelled;

/** A piece of application code with what a lane wants to know of it. */
public interface LaneTask extends Labelled {
    /** Whether {@link #held} wants the CPU time of the loop's thread, which is exact but dear, instead of the time that passed. */
    default boolean exact() {
        return false;
    }

    /** The loop was held for this long in one piece; called on the loop after each piece. */
    void held(long nanos);

    /** The task goes on without its loop, which did not come to it in time; called before it does. */
    void leavesLoop();

    /** The loop has gone on without the task, which held it for long and still runs; on the loop. */
    default void leftBehind() {
        leavesLoop();
    }

    /**
     * The task has ended on the pool, where it held its carrier for at most that much CPU time in one piece. Only where the pool's virtual
     * threads have carriers of ours.
     */
    default void ranOnPool(long nanos) {}
}
