package dev.sluice.engine.http;

/** A connection of any protocol that may be closed to make room for another. Any thread. */
interface Evictable {
    /** For {@link #idleSince}: it has something to do. */
    long BUSY = Long.MIN_VALUE;

    /** {@link System#nanoTime} since when it waits for its client without a request; {@link #BUSY} if it has one. */
    long idleSince();

    /**
     * Closes it, on its loop, if it is idle since then still.
     *
     * @param otherwise runs if it is not
     */
    void makeRoom(long idleSince, Runnable otherwise);
}
