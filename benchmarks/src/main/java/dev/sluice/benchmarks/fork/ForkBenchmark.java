package dev.sluice.benchmarks.fork;

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

/** One copy of a graph by each library, one library per JVM. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-Xms1g", "-Xmx1g", "-Xss8m"})
public class ForkBenchmark {
    @Param({"plain10", "plain1000", "plain100000", "mixed100", "typical"})
    public String graph = "";

    @Param
    public Library library = Library.SLUICE;

    private Supplier<Object> copier = () -> "";

    @Setup
    public void prepare() {
        copier = library.copier(Graphs.named(graph));
    }

    @Benchmark
    public Object copy() {
        return copier.get();
    }
}
