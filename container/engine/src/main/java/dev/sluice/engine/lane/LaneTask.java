package dev.sluice.engine.lane;

/** A piece of application code with what a lane wants to know of it. */
public interface LaneTask extends Runnable {
    /** The end of the thread's name, as {@code req-} and the request's id. */
    String label();

    /** Whether {@link #held} wants the CPU time of the loop's thread, which is exact but dear, instead of the time that passed. */
    default boolean exact() {
        return false;
    }

    /** The loop was held for this long in one piece; called on the loop after each piece. */
    void held(long nanos);
}
