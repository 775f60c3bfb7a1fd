package dev.sluice.deploy.log;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which stack traces are written: the same one only so many times in a period. Two are the same if they are of one class, were thrown at
 * one place by one way, and so were their causes. Any thread.
 */
final class RepeatedTraces {
    /** How often one is written in a period. */
    static final int MOST = 10;

    /** The period, which begins with the first one. */
    static final Duration PERIOD = Duration.ofSeconds(60);

    private static final int FRAMES = 12;
    private static final int KNOWN = 256;

    /** The traces seen last. Guarded by this. */
    private final Map<Integer, Seen> seen = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Seen> eldest) {
            return size() > KNOWN;
        }
    };

    private static final class Seen {
        private final Instant since;
        private int times;

        Seen(Instant since) {
            this.since = since;
        }
    }

    /** Counts one, and says whether it is to be written. */
    boolean mayShow(Throwable thrown, Instant now) {
        int shape = shape(thrown);
        synchronized (this) {
            Seen known = seen.get(shape);
            if (known == null || !now.isBefore(known.since.plus(PERIOD))) {
                known = new Seen(now);
                seen.put(shape, known);
            }
            return ++known.times <= MOST;
        }
    }

    private static int shape(Throwable thrown) {
        int shape = 0;
        Throwable next = thrown;
        for (int depth = 0; next != null && depth < 8; depth++) {
            StackTraceElement[] frames = next.getStackTrace();
            shape = 31 * shape + next.getClass().getName().hashCode();
            shape = 31 * shape + Arrays.hashCode(Arrays.copyOf(frames, Math.min(FRAMES, frames.length)));
            next = next.getCause();
        }
        return shape;
    }
}
