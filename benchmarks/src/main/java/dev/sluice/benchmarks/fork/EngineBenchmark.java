package dev.sluice.benchmarks.fork;

import dev.sluice.fork.plan.Engines;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One copy of a graph by each engine that was tried: why plans are executed by method handles. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-Xms1g", "-Xmx1g"})
public class EngineBenchmark {
    @Param({"plain10", "plain1000", "mixed100"})
    public String graph = "";

    @Param
    public Engines engine = Engines.METHOD_HANDLES;

    private Supplier<Object> copier = () -> "";

    @Setup
    public void prepare() {
        copier = engine.of(Graphs.named(graph));
    }

    @Benchmark
    public Object copy() {
        return copier.get();
    }
}
