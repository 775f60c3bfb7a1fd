package dev.sluice.benchmarks.fork;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * CPU time of the measuring threads per operation: steadier than wall time on a machine that does other work too. Does not
 * contain garbage collection, which runs on other threads.
 */
public final class CpuProfiler implements InternalProfiler {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long before;

    @Override
    public String getDescription() {
        return "CPU time of the measuring threads per operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = cpu();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double perOperation =
                (double) (cpu() - before) / Math.max(1, result.getMetadata().getMeasuredOps());
        TimeUnit unit = benchmark.getTimeUnit();
        String name = unit == TimeUnit.MILLISECONDS ? "ms/op" : "us/op";
        return List.of(new ScalarResult(
                "cpu", perOperation / TimeUnit.NANOSECONDS.convert(1, unit), name, AggregationPolicy.AVG));
    }

    @SuppressWarnings("deprecation")
    private static long id(Thread thread) {
        return thread.getId();
    }

    private long cpu() {
        long sum = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().contains("jmh-worker")) {
                sum += Math.max(0, threads.getThreadCpuTime(id(thread)));
            }
        }
        return sum;
    }
}
