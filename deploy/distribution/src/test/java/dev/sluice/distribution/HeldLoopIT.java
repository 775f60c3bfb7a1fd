package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that holds its loop is reported with its stack, and new connections are served by other loops until it is back. */
class HeldLoopIT {
    private static final int JDK_FOR_LOOPS = 24;
    private static final String HELD = "loop sluice-loop-\\d is held for \\d+ ms by ";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void isReportedAndAvoided(String transport) throws Exception {
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
                        Jars.load(directory.resolve("load.jar")));
                Connections connections = new Connections(sluice)) {
            // The first connection gets the first loop, the one that accepts.
            Connections.Connection holder = connections.open().get("/load/hold");
            sluice.awaitLine(HELD);
            sluice.awaitLine("LoadApplication\\.hold");
            assertThat(sluice.figure("loopHolds")).isEqualTo(1);
            assertThat(sluice.management("/api/v1/loops").body()).contains("\"held\":true");

            for (int i = 0; i < 6; i++) {
                assertThat(connections.open().get("/load/hello").response()).startsWith("HTTP/1.1 200");
            }
            assertThat(sluice.management("/api/v1/loops").body())
                    .as("all of them were served while the loop was held")
                    .contains("\"held\":true");

            assertThat(connections.open().get("/load/release").response()).startsWith("HTTP/1.1 200");
            assertThat(holder.response()).startsWith("HTTP/1.1 200");
            sluice.awaitLine("loop sluice-loop-0 is back");
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> !sluice.management("/api/v1/loops").body().contains("\"held\":true"));
            assertThat(connections.open().get("/load/hello").response()).startsWith("HTTP/1.1 200");
        }
    }
}
