package dev.sluice.fork;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts forks and times the first sixteen, then one in sixteen: reading the clock twice costs as much as a small fork. */
final class ForkCounter {
    private static final int KEPT = 100;
    private static final int ONE_IN = 16;

    private final LongAdder forks = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final AtomicLong timed = new AtomicLong();
    private final AtomicLongArray recent = new AtomicLongArray(KEPT);
    /** Unsynchronised on purpose: a lost tick only changes which fork is timed. */
    private long ticks;

    <T> T count(Template<T> template) {
        forks.increment();
        long tick = ticks++;
        boolean first = tick < ONE_IN;
        if (!first && (tick & ONE_IN - 1) != 0) {
            return template.fork();
        }
        long start = System.nanoTime();
        T fork = template.fork();
        long took = System.nanoTime() - start;
        nanos.add(first ? took : took * ONE_IN);
        recent.set((int) (timed.getAndIncrement() % KEPT), took);
        return fork;
    }

    ForkStatistics snapshot() {
        long count = timed.get();
        int kept = (int) Math.min(count, KEPT);
        long[] durations = new long[kept];
        for (int i = 0; i < kept; i++) {
            durations[i] = recent.get((int) ((count - kept + i) % KEPT));
        }
        return new ForkStatistics(forks.sum(), nanos.sum(), durations);
    }
}
