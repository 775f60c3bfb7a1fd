package dev.sluice.fork;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts forks and times one in sixteen: reading the clock twice costs as much as a small fork. */
final class ForkCounter {
    private static final int KEPT = 100;
    private static final int ONE_IN = 16;

    private final LongAdder forks = new LongAdder();
    private final AtomicLong timed = new AtomicLong();
    private final AtomicLongArray recent = new AtomicLongArray(KEPT);
    /** Unsynchronised on purpose: a lost tick only changes which fork is timed. */
    private int ticks;

    <T> T count(Template<T> template) {
        forks.increment();
        if ((++ticks & ONE_IN - 1) != 0) {
            return template.fork();
        }
        long start = System.nanoTime();
        T fork = template.fork();
        recent.set((int) (timed.getAndIncrement() % KEPT), System.nanoTime() - start);
        return fork;
    }

    ForkStatistics snapshot() {
        long count = timed.get();
        int kept = (int) Math.min(count, KEPT);
        long[] nanos = new long[kept];
        for (int i = 0; i < kept; i++) {
            nanos[i] = recent.get((int) ((count - kept + i) % KEPT));
        }
        return new ForkStatistics(forks.sum(), nanos);
    }
}
