package dev.sluice.engine.http;

import org.jspecify.annotations.Nullable;

/**
 * What a transport wants to know of the virtual threads that its loop runs in place: while one is mounted, it is "on the loop" although
 * {@link Thread#currentThread()} says otherwise. {@link #mounted} and {@link #unmounted} are called on the loop's own thread and must not
 * throw; {@link #held} comes from any thread.
 */
public interface Carrier {
    /** A carrier that does not care. */
    Carrier INDIFFERENT = new Carrier() {
        @Override
        public void mounted(Thread virtualThread) {}

        @Override
        public void unmounted() {}
    };

    /** This virtual thread runs on the loop from now on. */
    void mounted(Thread virtualThread);

    /** Nothing is mounted any more. */
    void unmounted();

    /**
     * Has the command run at the top level of the loop's turn, with no event handler and no monitor below, before the turn ends. On the
     * loop's own thread, or the virtual thread that is mounted there.
     */
    default void atTop(EventLoop loop, Runnable command) {
        loop.execute(command);
    }

    /** The thread that drives the loop now; null if that is always the I/O thread itself. */
    default @Nullable Thread acting() {
        return null;
    }

    /**
     * Whether a thread that seemed to be on the loop is on it; if so, it is until {@link #leave}. Another thread may take the loop over from
     * the one that carries a virtual thread, and then the virtual thread is not on the loop any more.
     */
    default boolean enter() {
        return true;
    }

    /** Ends what {@link #enter} began. */
    default void leave() {}

    /** Has the action run by each thread that takes the loop over, first of all. */
    default void whenTaken(Runnable action) {}

    /** A request was read on the loop, on its own thread. */
    default void requested() {}

    /** One request has held the loop beyond the bound (true), or the loop is back (false): new connections belong elsewhere. */
    default void held(boolean held) {}
}
