package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One server on one transport, whose applications and clients misbehave one after the other. After each of them the server answers, and everything that a
 * request takes is back: permits, buffers, descriptors, threads, and in the end the memory.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Faults {
    private static final String POST = "POST /load/count HTTP/1.1\r\nHost: localhost\r\nContent-Length: ";
    private static final int MOST_IDLE = 10_000;

    private final String transport;
    private SluiceProcess sluice;
    private long descriptors;
    private long memory;

    Faults(String transport) {
        this.transport = transport;
    }

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        Uring.assume(transport);
        sluice = SluiceProcess.run(
                directory,
                List.of("-Xmx256m", "-XX:+UseSerialGC"),
                "--set",
                "transport=" + transport,
                "--set",
                "limits.body-rate=10KiB",
                "--set",
                "timeouts.head=1s",
                "--set",
                "timeouts.body=1s",
                "--set",
                "timeouts.write=1s",
                Jars.load(directory.resolve("load.jar")));
        warmUp();
        memory = Math.min(heap(), Math.min(heap(), heap()));
        descriptors = sluice.figure("descriptorsOpen");
    }

    /** What is loaded and compiled once does not count: each fault happens once before the first measurement. */
    private void warmUp() throws Exception {
        for (String how : List.of("exception", "stack", "memory", "death")) {
            sluice.get("/load/fail/" + how);
        }
        unfinishedHeads(2_000);
        abortRequests(500);
        try (Connections connections = new Connections(sluice)) {
            for (int i = 0; i < 200; i++) {
                connections.open().get("/load/bytes/100000000");
            }
            for (Connections.Connection connection : connections.all()) {
                assertThat(connection.in().readNBytes(1_000)).hasSize(1_000);
            }
        }
        settled();
    }

    /** Each holds a buffer, so afterwards the pools of unused buffers are as large as they may become. */
    private void unfinishedHeads(int count) throws IOException {
        try (Connections connections = new Connections(sluice)) {
            for (int i = 0; i < count; i++) {
                connections.open().send("GET /load/hello HTTP/1.1\r\nHost: loc");
            }
            for (Connections.Connection connection : connections.all()) {
                assertThat(connection.response()).startsWith("HTTP/1.1 408");
            }
        }
    }

    private long heap() throws Exception {
        sluice.tool("jcmd", "GC.run");
        sluice.tool("jcmd", "GC.run");
        return sluice.figure("heapUsed") + sluice.figure("directMemoryUsed");
    }

    @AfterEach
    void everythingIsBack() throws Exception {
        assertThat(sluice.get("/load/hello").body()).isEqualTo("hello");
        settled();
    }

    private void settled() {
        await().atMost(60, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            assertThat(sluice.figure("requestsInFlight")).as("requests").isZero();
            assertThat(sluice.figure("permitsTaken")).as("permits").isZero();
            assertThat(sluice.figure("requestsWaiting")).as("waiting").isZero();
            assertThat(sluice.figure("connectionsOpen")).as("connections").isLessThanOrEqualTo(1);
            assertThat(sluice.figure("buffersInUse")).as("buffers").isZero();
            assertThat(sluice.management("/api/v1/requests").body())
                    .as("requests")
                    .isEqualTo("[]");
            if (descriptors > 0) {
                assertThat(sluice.figure("descriptorsOpen")).as("descriptors").isLessThanOrEqualTo(descriptors + 2);
            }
        });
    }

    @AfterAll
    void memoryIsBackAndItStops() throws Exception {
        if (sluice == null) {
            return; // The transport is not available here.
        }
        try (SluiceProcess running = sluice) {
            await().atMost(120, TimeUnit.SECONDS).untilAsserted(() -> assertThat(heap())
                    .as("bytes of heap and direct memory; %d at the start", memory)
                    .isLessThanOrEqualTo(memory + memory / 10));
            assertThat(sluice.tool("jcmd", "Thread.print")).doesNotContain("/req-");
            running.term();
            assertThat(running.awaitExit()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"exception", "stack", "memory", "death"})
    void whatApplicationsThrow(String how) throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(sluice.get("/load/fail/" + how).statusCode()).isEqualTo(500);
        }
        if (!how.equals("exception")) {
            assertThat(sluice.management("/api/v1/apps").body()).containsPattern("\"degraded\":\"[^\"]+\"");
        }
    }

    @Test
    void aThreadThatIsLeftInterrupted() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(sluice.get("/load/fail/interrupt").body()).isEqualTo("interrupted");
            assertThat(sluice.get("/load/sleep/1").body()).isEqualTo("slept");
        }
    }

    @Test
    void blockedThreads() throws Exception {
        try (Connections connections = new Connections(sluice)) {
            for (int i = 0; i < 200; i++) {
                connections.open().get("/load/block");
            }
            await().atMost(30, TimeUnit.SECONDS).until(() -> sluice.figure("requestsInFlight") == 200);
            assertThat(sluice.get("/load/hello").body()).isEqualTo("hello");
            sluice.get("/load/release");
            for (Connections.Connection connection : connections.all()) {
                assertThat(connection.response()).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void slowReaders() throws Exception {
        try (Connections connections = new Connections(sluice)) {
            for (int i = 0; i < 30; i++) {
                connections.open().get("/load/bytes/100000000");
            }
            assertThat(sluice.get("/load/hello").body()).isEqualTo("hello");
            settled(); // evicted, although their clients still hold the connections
        }
    }

    @Test
    void slowHeads() throws Exception {
        unfinishedHeads(100);
    }

    @Test
    void slowBodies() throws Exception {
        try (Connections connections = new Connections(sluice)) {
            for (int i = 0; i < 50; i++) {
                connections.open().send(POST + "100000\r\n\r\n");
            }
            for (int round = 0; round < 30; round++) {
                for (Connections.Connection connection : connections.all()) {
                    drip(connection);
                }
                TimeUnit.MILLISECONDS.sleep(100); // the clients are slow, nothing is waited for
            }
            for (Connections.Connection connection : connections.all()) {
                assertThat(connection.response()).startsWith("HTTP/1.1 408");
            }
        }
    }

    private static void drip(Connections.Connection connection) {
        try {
            connection.send("x");
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?i).*(reset|pipe|closed).*"); // refused already
        }
    }

    @Test
    void aFloodOfAbortedRequests() throws Exception {
        abortRequests(1_500);
    }

    private void abortRequests(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            try (Connections.Connection connection = new Connections.Connection(sluice.port())) {
                switch (i % 5) {
                    case 0 -> connection.get("/load/sleep/20");
                    case 1 -> connection.get("/load/bytes/1000000");
                    case 2 -> connection.send(POST + "100000\r\n\r\nsome");
                    case 3 -> connection.send("GET /load/he");
                    default ->
                        connection.get("/load/hello").get("/load/sleep/5").get("/load/hello");
                }
                connection.abort();
            }
        }
    }

    @Test
    void idleConnections() throws Exception {
        // As many as this process may have descriptors for, and the server, too.
        int count = (int) Math.min(MOST_IDLE, Descriptors.limit() - 500);
        try (Connections connections = new Connections(sluice)) {
            for (int i = 0; i < count; i++) {
                Connections.Connection connection = connections.open();
                if (i % 50 == 0) {
                    assertThat(connection.get("/load/hello").response()).startsWith("HTTP/1.1 200");
                }
            }
            await().atMost(60, TimeUnit.SECONDS).until(() -> sluice.figure("connectionsOpen") >= count);
            assertThat(sluice.get("/load/hello").body()).isEqualTo("hello");
            await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(sluice.figure("buffersInUse"))
                    .as("idle connections hold no buffers")
                    .isLessThan(10));
        }
    }
}
