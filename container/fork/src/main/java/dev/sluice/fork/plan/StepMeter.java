package dev.sluice.fork.plan;

import com.sun.management.ThreadMXBean;
import dev.sluice.fork.report.ForkCost;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures what the steps of a plan take, on the calling thread. For one measurement.
 *
 * <p>First whole forks, then forks whose steps are timed one by one; of each the least counts, as everything that is not the
 * fork itself only adds. The clock costs as much as a small step, so the times of the steps only say how the time of a whole fork is divided.
 */
final class StepMeter {
    private static final long BUDGET_NANOS = Duration.ofMillis(20).toNanos();
    private static final int MOST_FORKS = 2_000;
    private static final @Nullable ThreadMXBean MEMORY = memory();

    private final long[] nanos;
    private final long[] bytes;
    private long startNanos;
    private long startBytes;

    StepMeter(int steps) {
        nanos = new long[steps];
        bytes = new long[steps];
        Arrays.fill(nanos, Long.MAX_VALUE);
        Arrays.fill(bytes, Long.MAX_VALUE);
    }

    private static @Nullable ThreadMXBean memory() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean known
                        && known.isThreadAllocatedMemorySupported()
                        && known.isThreadAllocatedMemoryEnabled()
                ? known
                : null;
    }

    /** What this thread has allocated so far; -1 where the JVM does not tell, as of virtual threads. */
    private static long allocated() {
        return MEMORY == null ? -1 : MEMORY.getCurrentThreadAllocatedBytes();
    }

    void begin() {
        startBytes = allocated();
        startNanos = System.nanoTime();
    }

    void end(int step) {
        nanos[step] = Math.min(nanos[step], System.nanoTime() - startNanos);
        bytes[step] = Math.min(bytes[step], allocated() - startBytes);
    }

    ForkCost measure(Plan plan) {
        long leastNanos = Long.MAX_VALUE;
        long leastBytes = Long.MAX_VALUE;
        int forks = 0;
        long end = System.nanoTime() + BUDGET_NANOS;
        do {
            long memory = allocated();
            long start = System.nanoTime();
            plan.fork();
            leastNanos = Math.min(leastNanos, System.nanoTime() - start);
            leastBytes = Math.min(leastBytes, allocated() - memory);
            forks++;
        } while (forks < MOST_FORKS && System.nanoTime() - end < 0);
        end = System.nanoTime() + BUDGET_NANOS;
        int stepped = 0;
        do {
            plan.fork(this);
            stepped++;
        } while (stepped < MOST_FORKS && System.nanoTime() - end < 0);
        return new ForkCost(leastNanos, allocated() < 0 ? -1 : leastBytes, forks + stepped, byClass(plan, leastNanos));
    }

    private Map<Class<?>, ForkCost.Share> byClass(Plan plan, long leastNanos) {
        double all = Math.max(1, Arrays.stream(nanos).sum());
        Map<Class<?>, ForkCost.Share> byClass = new HashMap<>();
        for (int i = 0; i < nanos.length; i++) {
            ForkCost.Share share = new ForkCost.Share(nanos[i] / all * leastNanos, bytes[i]);
            byClass.merge(plan.type(i), share, ForkCost.Share::plus);
        }
        return byClass;
    }
}
