package dev.sluice.distribution;

import static dev.sluice.distribution.Http2Connection.CONTINUATION;
import static dev.sluice.distribution.Http2Connection.DATA;
import static dev.sluice.distribution.Http2Connection.END_HEADERS;
import static dev.sluice.distribution.Http2Connection.END_STREAM;
import static dev.sluice.distribution.Http2Connection.GOAWAY;
import static dev.sluice.distribution.Http2Connection.HEADERS;
import static dev.sluice.distribution.Http2Connection.PING;
import static dev.sluice.distribution.Http2Connection.PRIORITY;
import static dev.sluice.distribution.Http2Connection.RST_STREAM;
import static dev.sluice.distribution.Http2Connection.SETTINGS;
import static dev.sluice.distribution.Http2Connection.WINDOW_UPDATE;
import static dev.sluice.distribution.Http2Connection.frame;
import static dev.sluice.distribution.Http2Connection.integer;
import static dev.sluice.distribution.Http2Connection.request;
import static dev.sluice.distribution.Http2Connection.setting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that abuse HTTP/2: their connection ends with GOAWAY, others are served, and nothing is left of their requests. */
class Http2FloodIT {
    private static final int FLOOD = 20_000;
    private static final int ENHANCE_YOUR_CALM = 11;

    @TempDir
    static Path directory;

    private static SluiceProcess sluice;

    @BeforeAll
    static void start() throws Exception {
        sluice = SluiceProcess.run(
                directory,
                List.of("-Xmx128m"),
                "--set",
                "timeouts.write=1s",
                "--set",
                "timeouts.body=1s",
                Jars.load(directory.resolve("load.jar")));
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertThat(sluice.get("/load/hello").body()).isEqualTo("hello");
        await().atMost(60, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            assertThat(sluice.figure("requestsInFlight")).as("requests").isZero();
            assertThat(sluice.figure("permitsTaken")).as("permits").isZero();
            assertThat(sluice.management("/api/v1/requests").body()).isEqualTo("[]");
        });
    }

    @AfterAll
    static void stop() throws Exception {
        sluice.close();
    }

    private static Http2Connection connect() throws IOException {
        return new Http2Connection(sluice.port()).send(SETTINGS, 0, 0);
    }

    /** Sends until the server ends the connection; others are served meanwhile. */
    private static void flood(Http2Connection connection, int count, IntFunction<byte[]> part) throws Exception {
        try {
            for (int i = 0; i < count && !connection.isClosed(); i++) {
                connection.raw(part.apply(i));
                if (i % (FLOOD / 5) == 0) {
                    assertThat(sluice.get("/load/hello").statusCode()).isEqualTo(200);
                }
            }
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?i).*(reset|pipe|closed|abort).*");
        }
    }

    private static void calmed(Http2Connection connection) throws InterruptedException {
        assertThat(connection.awaitClosed()).isTrue();
        assertThat(connection.received(GOAWAY))
                .extracting(Http2Connection.Frame::error)
                .containsExactly(ENHANCE_YOUR_CALM);
    }

    /** A request that takes a while. */
    private static byte[] slow(int stream) {
        return frame(HEADERS, END_HEADERS | END_STREAM, stream, request("GET", "/load/sleep/50"));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    @Test
    void rapidReset() throws Exception {
        try (Http2Connection connection = connect()) {
            flood(connection, FLOOD, i -> join(slow(2 * i + 1), frame(RST_STREAM, 0, 2 * i + 1, integer(8))));
            calmed(connection);
        }
    }

    /** The client makes the server reset its streams (MadeYouReset): by a window update of nothing. */
    @Test
    void resetsThatTheServerIsMadeToSend() throws Exception {
        try (Http2Connection connection = connect()) {
            flood(connection, FLOOD, i -> join(slow(2 * i + 1), frame(WINDOW_UPDATE, 0, 2 * i + 1, integer(0))));
            assertThat(connection.awaitClosed()).isTrue();
            assertThat(connection.received(HEADERS)).hasSizeLessThan(FLOOD / 10);
        }
    }

    @Test
    void aWindowThatOverflows() throws Exception {
        try (Http2Connection connection = connect()) {
            flood(
                    connection,
                    FLOOD,
                    i -> join(
                            slow(2 * i + 1),
                            frame(WINDOW_UPDATE, 0, 2 * i + 1, integer(Integer.MAX_VALUE)),
                            frame(WINDOW_UPDATE, 0, 2 * i + 1, integer(Integer.MAX_VALUE))));
            assertThat(connection.awaitClosed()).isTrue();
        }
    }

    @Test
    void settings() throws Exception {
        try (Http2Connection connection = connect()) {
            flood(connection, FLOOD, i -> frame(SETTINGS, 0, 0, setting(3, 100 + i % 2)));
            calmed(connection);
        }
    }

    @Test
    void pings() throws Exception {
        try (Http2Connection connection = connect()) {
            flood(connection, FLOOD, i -> frame(PING, 0, 0, new byte[8]));
            calmed(connection);
        }
    }

    @Test
    void aFewPingsAreAnswered() throws Exception {
        try (Http2Connection connection = connect()) {
            for (int i = 0; i < 100; i++) {
                connection.send(PING, 0, 0, new byte[8]);
            }
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> connection.received(PING).size() == 100);
            connection.get(1, "/load/hello");
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> connection.received(HEADERS).size() == 1);
            assertThat(connection.received(GOAWAY)).isEmpty();
        }
    }

    @Test
    void emptyData() throws Exception {
        try (Http2Connection connection = connect()) {
            connection.send(HEADERS, END_HEADERS, 1, request("POST", "/load/count"));
            flood(connection, FLOOD, i -> frame(DATA, 0, 1));
            calmed(connection);
        }
    }

    @Test
    void dataByteByByte() throws Exception {
        try (Http2Connection connection = connect()) {
            connection.send(HEADERS, END_HEADERS, 1, request("POST", "/load/count"));
            flood(connection, FLOOD, i -> repeated(frame(DATA, 0, 1, new byte[1])));
            calmed(connection);
        }
    }

    @Test
    void windowUpdates() throws Exception {
        try (Http2Connection connection = connect()) {
            flood(connection, FLOOD, i -> repeated(frame(WINDOW_UPDATE, 0, 0, integer(1))));
            calmed(connection);
        }
    }

    @Test
    void priorities() throws Exception {
        try (Http2Connection connection = connect()) {
            flood(connection, FLOOD, i -> frame(PRIORITY, 0, 2 * i + 3, new byte[5]));
            calmed(connection);
        }
    }

    /** Many in one write: a busy machine must not make a flood as slow as what is allowed. */
    private static byte[] repeated(byte[] frame) {
        byte[][] frames = new byte[100][];
        Arrays.fill(frames, frame);
        return join(frames);
    }

    @Test
    void continuations() throws Exception {
        byte[] field = {0x00, 1, 'x', 1, 'y'};
        try (Http2Connection connection = connect()) {
            connection.send(HEADERS, END_STREAM, 1, request("GET", "/load/hello"));
            flood(connection, FLOOD, i -> frame(CONTINUATION, 0, 1, field));
            assertThat(connection.awaitClosed()).isTrue();
        }
    }

    @Test
    void emptyContinuations() throws Exception {
        try (Http2Connection connection = connect()) {
            connection.send(HEADERS, END_STREAM, 1, request("GET", "/load/hello"));
            flood(connection, FLOOD, i -> frame(CONTINUATION, 0, 1));
            calmed(connection);
        }
    }

    /** One large field goes into the table, then one byte for each of many copies of it. */
    @Test
    void aHeaderBomb() throws Exception {
        byte[] value = new byte[3_900];
        Arrays.fill(value, (byte) 'v');
        byte[] copies = new byte[10_000];
        Arrays.fill(copies, (byte) (0x80 | 62));
        // Literal with indexing, a new name of one byte, a value of 3,900 bytes (127 and the rest in seven bits each).
        byte[] bomb = join(new byte[] {0x40, 1, 'x', 0x7f, (byte) (0x80 | 3_773 & 0x7f), 3_773 >> 7}, value, copies);
        for (int i = 0; i < 20; i++) {
            try (Http2Connection connection = connect()) {
                connection.send(HEADERS, END_HEADERS | END_STREAM, 1, join(request("GET", "/load/hello"), bomb));
                await().atMost(30, TimeUnit.SECONDS)
                        .until(() -> !connection.received(GOAWAY).isEmpty()
                                || !connection.received(RST_STREAM).isEmpty()
                                || !connection.received(HEADERS).isEmpty()
                                || connection.isClosed());
                // The stream may be answered with 431, but never with what was asked for: 0x88 is :status 200.
                assertThat(connection.received(HEADERS))
                        .allSatisfy(head -> assertThat(head.payload()[0]).isNotEqualTo((byte) 0x88));
                assertThat(connection.received(Http2Connection.DATA)).isEmpty();
            }
        }
    }

    @Test
    void aHeaderTableThatIsTooLarge() throws Exception {
        // A change of the dynamic table's size to much more than we have allowed.
        byte[] resize = {0x3f, (byte) 0xe1, (byte) 0xff, (byte) 0xff, 0x7f};
        try (Http2Connection connection = connect()) {
            connection.send(HEADERS, END_HEADERS | END_STREAM, 1, join(resize, request("GET", "/load/hello")));
            assertThat(connection.awaitClosed()).isTrue();
            assertThat(connection.received(GOAWAY)).isNotEmpty();
        }
    }

    /** The client asks for much and takes nothing of it. */
    @Test
    void aWindowOfNothing() throws Exception {
        try (Http2Connection connection = new Http2Connection(sluice.port()).send(SETTINGS, 0, 0, setting(4, 0))) {
            for (int i = 0; i < 50; i++) {
                connection.get(2 * i + 1, "/load/bytes/10000000");
            }
            await().atMost(30, TimeUnit.SECONDS).until(() -> sluice.figure("requestsInFlight") > 0);
            assertThat(sluice.get("/load/hello").body()).isEqualTo("hello");
            nothingIsLeft(); // although the client still holds the connection
        }
    }
}
