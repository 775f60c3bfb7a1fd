package dev.sluice.benchmarks.fork;

import dev.sluice.fork.ForkOptions;
import dev.sluice.fork.Template;
import java.util.concurrent.TimeUnit;
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

/** The first publish in a JVM: walk, check, copy and compile, with cold code as an application meets it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
        value = 5,
        jvmArgs = {"-Xms1g", "-Xmx1g"})
public class PublishBenchmark {
    @Param({"plain1000", "plain100000", "mixed1000", "typical"})
    public String graph = "";

    private Object root = "";

    @Setup
    public void prepare() {
        root = Graphs.named(graph);
    }

    @Benchmark
    public Object publish() {
        return Template.of("graph", root, ForkOptions.defaults());
    }
}
