package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrainIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void theFirstSignalLetsRequestsEnd(String transport) throws Exception {
        Uring.assume(transport);
        try (SluiceProcess sluice = SluiceProcess.run(
                directory, "--set", "transport=" + transport, Jars.slow(directory.resolve("slow.jar"), ""))) {
            CompletableFuture<HttpResponse<String>> slow = request(sluice, "/slow/slow/4000");

            sluice.term();

            assertThat(slow.get(60, TimeUnit.SECONDS).body()).isEqualTo("slow");
            assertThat(sluice.awaitExit()).isZero();
            assertThat(sluice.lines()).anyMatch(line -> line.contains("draining"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void theSecondSignalEndsAtOnce(String transport) throws Exception {
        Uring.assume(transport);
        try (SluiceProcess sluice = SluiceProcess.run(
                directory, "--set", "transport=" + transport, Jars.slow(directory.resolve("slow.jar"), ""))) {
            request(sluice, "/slow/slow/60000");
            sluice.term();
            sluice.awaitLine("draining");
            assertThat(sluice.alive()).isTrue();

            sluice.term();

            assertThat(sluice.awaitExit()).isEqualTo(128 + 15);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void whatIsLeftAfterTheDrainTimeIsAborted(String transport) throws Exception {
        Uring.assume(transport);
        try (SluiceProcess sluice = SluiceProcess.run(
                directory,
                "--set",
                "timeouts.drain=1s",
                "--set",
                "transport=" + transport,
                Jars.slow(directory.resolve("slow.jar"), ""))) {
            CompletableFuture<HttpResponse<String>> slow = request(sluice, "/slow/slow/120000");

            sluice.term();

            assertThat(slow.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
            assertThat(sluice.awaitExit()).isZero();
        }
    }

    /** Sends a request and waits until it is being answered. */
    private static CompletableFuture<HttpResponse<String>> request(SluiceProcess sluice, String path) throws Exception {
        sluice.get("/slow/");
        CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return sluice.get(path);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> sluice.management("/api/v1/stats").body().contains("\"requestsInFlight\":1"));
        return answer;
    }
}
