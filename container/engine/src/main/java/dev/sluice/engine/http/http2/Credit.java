package dev.sluice.engine.http.http2;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What a client may still do: a number that grows with time. One thread; {@link #give} may be called by another. */
final class Credit {
    private final int most;
    private final int perSecond;
    private final LongSupplier nanoTime;
    private final AtomicLong given = new AtomicLong();
    private long left;
    private long refilled;

    Credit(int most, int perSecond, LongSupplier nanoTime) {
        this.most = most;
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.left = most;
        this.refilled = nanoTime.getAsLong();
    }

    /** Takes one; false if there is none. */
    boolean spend() {
        if (--left > 0) {
            return true;
        }
        long now = nanoTime.getAsLong();
        long earned = (now - refilled) * perSecond / 1_000_000_000L;
        if (earned > 0) {
            refilled = now;
        }
        earn(earned + given.getAndSet(0));
        return left > 0;
    }

    /** Adds some. */
    void earn(long more) {
        left = Math.min(most, left + more);
    }

    /** Adds some when it is needed; any thread. */
    void give(long more) {
        given.addAndGet(more);
    }

    @Override
    public String toString() {
        return "at most " + perSecond + " a second";
    }
}
