package dev.sluice.deploy.lifecycle;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A moment by which something has to be over, shared by everything that has to be over by then. Any thread. */
public final class Deadline {
    /** Far enough away for everything, and near enough that nothing overflows. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private final LongSupplier nanos;
    private final long end;

    private Deadline(LongSupplier nanos, long end) {
        this.nanos = nanos;
        this.end = end;
    }

    /** The moment after this time from now. */
    public static Deadline in(Duration time) {
        return in(time, System::nanoTime);
    }

    /** The same on another clock, which counts nanoseconds. */
    public static Deadline in(Duration time, LongSupplier nanos) {
        return new Deadline(nanos, nanos.getAsLong() + min(time, LONGEST).toNanos());
    }

    /** The moment after this time from this moment. */
    public Deadline plus(Duration time) {
        return new Deadline(nanos, end + min(time, LONGEST).toNanos());
    }

    /** What is left; zero when it is over. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - nanos.getAsLong()));
    }

    /** What is left of it, but at most this. */
    public Duration atMost(Duration time) {
        return min(left(), time);
    }

    /** Whether nothing is left. */
    public boolean over() {
        return left().isZero();
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
