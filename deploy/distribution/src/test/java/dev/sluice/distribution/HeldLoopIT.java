package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that hold all loops keep nobody else waiting: other threads stand in for those that are held. */
class HeldLoopIT {
    private static final int JDK_FOR_LOOPS = 24;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void nobodyElseWaits(String transport) throws Exception {
        assumeTrue(Runtime.version().feature() >= JDK_FOR_LOOPS, "needs lane loop");
        Uring.assume(transport);
        try (SluiceProcess sluice = SluiceProcess.run(
                        directory,
                        "--set",
                        "transport=" + transport,
                        "--set",
                        "loops=2",
                        "--set",
                        "timeouts.loop=300ms",
                        "--set",
                        "lane=loop", // Otherwise what has never run holds a thread of the pool.
                        Jars.load(directory.resolve("load.jar")));
                Connections connections = new Connections(sluice)) {
            List<Connections.Connection> neighbours = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                neighbours.add(connections.open());
                assertThat(neighbours.get(i).get("/load/hello").response()).startsWith("HTTP/1.1 200");
            }
            List<Connections.Connection> holders = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                holders.add(connections.open().get("/load/hold"));
                for (Connections.Connection neighbour : neighbours) {
                    assertThat(neighbour.get("/load/hello").response()).startsWith("HTTP/1.1 200");
                }
                assertThat(connections.open().get("/load/hello").response()).startsWith("HTTP/1.1 200");
            }
            assertThat(sluice.figure("requestsInFlight"))
                    .as("all of them were served while the loops were held")
                    .isEqualTo(3);

            sluice.awaitLine(
                    "a thread of loop sluice-loop-\\d is held for \\d+ ms by .*; another thread drives the loop meanwhile");
            sluice.awaitLine("LoadApplication\\.hold");

            assertThat(connections.open().get("/load/release").response()).startsWith("HTTP/1.1 200");
            for (Connections.Connection holder : holders) {
                assertThat(holder.response()).startsWith("HTTP/1.1 200");
                assertThat(holder.get("/load/hello").response()).startsWith("HTTP/1.1 200");
            }
        }
    }
}
