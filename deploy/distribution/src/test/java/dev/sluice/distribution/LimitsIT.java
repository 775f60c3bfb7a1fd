package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits that are configured hold on the wire, and what they refuse is in the access log with its id. */
class LimitsIT {
    @TempDir
    static Path directory;

    private static SluiceProcess sluice;

    @BeforeAll
    static void start() throws Exception {
        sluice = SluiceProcess.run(
                directory,
                "--set",
                "limits.connections-per-client=6",
                "--set",
                "limits.head=1KiB",
                "--set",
                "requests.permits=2",
                "--set",
                "requests.queue=1",
                "--set",
                "requests.queue-time=200ms",
                "--set",
                "requests.deadline=3s",
                "--set",
                "access-log.format=json",
                "--set",
                "access-log.file=" + directory.resolve("access.log"),
                Jars.load(directory.resolve("load.jar")));
    }

    @AfterAll
    static void stop() throws Exception {
        sluice.close();
    }

    private static String get(String path, String id) {
        return "GET /load" + path + " HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: " + id + "\r\n\r\n";
    }

    private static void logged(String id, int status) {
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(Files.readString(directory.resolve("access.log")))
                        .containsPattern("\"requestId\":\"" + id + "\"[^\n]*\"status\":" + status));
    }

    @Test
    void permitsQueueAndDeadline() throws Exception {
        try (Connections connections = new Connections(sluice)) {
            Connections.Connection first = connections.open().send(get("/sleep/9000", "first"));
            Connections.Connection second = connections.open().send(get("/sleep/9000", "second"));
            await().atMost(30, TimeUnit.SECONDS).until(() -> sluice.figure("permitsTaken") == 2);

            long start = System.nanoTime();
            String refused = connections.open().send(get("/hello", "third")).response();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(150));
            assertThat(refused).startsWith("HTTP/1.1 503").contains("Retry-After: 1", "X-Request-Id: third");
            logged("third", 503);
            assertThat(first.response()).startsWith("HTTP/1.1 504").contains("X-Request-Id: first");
            assertThat(second.response()).startsWith("HTTP/1.1 504");
            assertThat(sluice.figure("permitsTaken"))
                    .as("application code has not returned")
                    .isEqualTo(2);
            await().atMost(30, TimeUnit.SECONDS).until(() -> sluice.figure("permitsTaken") == 0);
            logged("first", 504);
        }
    }

    @Test
    void connectionsOfOneClient() throws Exception {
        await().atMost(30, TimeUnit.SECONDS).until(() -> sluice.figure("connectionsOpen") == 0);
        long before = sluice.figure("connectionsOverLimit");
        try (Connections connections = new Connections(sluice)) {
            for (int i = 0; i < 6; i++) {
                assertThat(connections.open().get("/load/hello").response()).startsWith("HTTP/1.1 200");
            }
            assertThat(connections.open().in().read()).isEqualTo(-1);
            assertThat(sluice.figure("connectionsOverLimit")).isEqualTo(before + 1);
        }
        await().atMost(30, TimeUnit.SECONDS).until(() -> sluice.figure("connectionsOpen") == 0);
        try (Connections connections = new Connections(sluice)) {
            assertThat(connections.open().get("/load/hello").response()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void whatIsNoRequestIsLoggedToo() throws Exception {
        try (Connections connections = new Connections(sluice)) {
            String refused = connections
                    .open()
                    .send("GET /load/hello HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(2_000) + "\r\n\r\n")
                    .response();
            assertThat(refused).startsWith("HTTP/1.1 431");
            int at = refused.indexOf("X-Request-Id: ") + 14;
            logged(refused.substring(at, refused.indexOf('\r', at)), 431);
            assertThat(sluice.figure("requestsOversized")).isEqualTo(1);
        }
    }

    @Test
    void theManagementListenerObeysThemToo() throws Exception {
        try (Connections.Connection management = new Connections.Connection(sluice.managementPort())) {
            assertThat(management
                            .send("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(2_000)
                                    + "\r\n\r\n")
                            .response())
                    .startsWith("HTTP/1.1 431");
        }
    }
}
