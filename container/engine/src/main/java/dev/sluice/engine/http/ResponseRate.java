package dev.sluice.engine.http;

/**
 * Whether a client takes a response as fast as it must. Only time counts in which the writer waits for it, so that a slow application does
 * not blame its client; and it is looked at in stretches as long as the grace, so that a quick start does not pay for a slow rest. What a
 * client takes shows when the connection has room again, so the rate of a stretch is known when the next wait begins; a client that takes
 * nothing at all is the write timeout's business. One thread at a time.
 */
final class ResponseRate {
    private final long least;
    private final long graceNanos;
    private boolean begun;
    private long takenBefore; // when the stretch began
    private long waited; // in the stretch
    private long waitBegan;

    /**
     * A response.
     *
     * @param least bytes per second; 0 for no limit
     */
    ResponseRate(long least, long graceNanos) {
        this.least = least;
        this.graceNanos = graceNanos;
    }

    /**
     * The writer begins to wait.
     *
     * @param now as {@link System#nanoTime}
     * @param taken bytes that the client has taken so far
     * @return false if it took too little in the stretch that ends here
     */
    boolean waits(long now, long taken) {
        if (!begun) {
            begun = true;
            takenBefore = taken;
        } else if (waited > graceNanos) {
            if ((taken - takenBefore) * 1e9 / waited < least) {
                return false;
            }
            takenBefore = taken;
            waited = 0;
        }
        waitBegan = now;
        return true;
    }

    /** The connection has room again. */
    void goesOn(long now) {
        waited += now - waitBegan;
    }
}
