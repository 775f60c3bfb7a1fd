package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.distribution.application.FillApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that fills the heap for some seconds costs the requests of these seconds, and nothing afterwards. */
class FullHeapIT {
    private static final int CONNECTIONS = 8;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void everybodyIsAnsweredAfterwards(String transport) throws Exception {
        Uring.assume(transport);
        Path jar = Jars.handler(directory.resolve("fill.jar"), FillApplication.class, FillApplication.class);
        try (SluiceProcess sluice = SluiceProcess.run(
                directory,
                List.of("-Xmx128m"),
                "--set",
                "transport=" + transport,
                "--set",
                "loops=2",
                "--set",
                "timeouts.loop-silent=10s",
                jar + "=/fill")) {
            assertThat(sluice.get("/fill/hello").body()).isEqualTo("hello");
            assertThat(sluice.get("/fill/fill/4000").body()).isEqualTo("filling");
            knock(sluice, TimeUnit.SECONDS.toNanos(4));

            await().atMost(120, TimeUnit.SECONDS)
                    .ignoreExceptions()
                    .until(() -> sluice.get("/fill/filled").body().equals("1 true"));
            for (int i = 0; i < CONNECTIONS; i++) {
                try (Connections connections = new Connections(sluice)) {
                    assertThat(connections.open().get("/fill/hello").response()).startsWith("HTTP/1.1 200");
                }
            }
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> sluice.management("/health/live").statusCode() == 200);
            await().atMost(60, TimeUnit.SECONDS).until(() -> sluice.figure("requestsInFlight") == 0);
            sluice.term();
            assertThat(sluice.awaitExit()).isZero();
        }
    }

    /** Some 50 requests a second, each on a connection of its own, whose answers nobody waits for. */
    private static void knock(SluiceProcess sluice, long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            try (Connections connections = new Connections(sluice)) {
                connections.open().get("/fill/hello").socket().setSoTimeout(20);
                connections.open().get("/fill/hello").response();
            } catch (IOException e) {
                // That is what a full heap may cost.
                continue;
            }
        }
    }
}
