package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection that was upgraded to HTTP/2 ends as one that began with it: with GOAWAY (RFC 9113, 6.8). */
@Timeout(60)
class Http2UpgradedEndTest {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final String SETTINGS = "\0\0\0\u0004\0\0\0\0\0";
    private static final String PING = "\0\0\u0008\u0006\0\0\0\0\0" + "12345678";
    private static final String UPGRADE = "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\n"
            + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n";

    private static final HttpOptions UPGRADE_ALLOWED =
            HttpOptions.builder().http2Upgrade(true).build();

    private record Frame(int type, int stream, byte[] payload) {
        static final int DATA = 0;
        static final int HEADERS = 1;
        static final int PING = 6;
        static final int GO_AWAY = 7;

        static Frame read(DataInputStream in) throws IOException {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            in.skipNBytes(1);
            return new Frame(type, in.readInt(), in.readNBytes(length));
        }
    }

    /** The next frame of one of these types; the others are passed over. */
    private static Frame next(DataInputStream in, Integer... types) throws IOException {
        Frame frame = Frame.read(in);
        while (!List.of(types).contains(frame.type())) {
            frame = Frame.read(in);
        }
        return frame;
    }

    private static DataInputStream upgrade(RawClient client) throws IOException {
        client.send(UPGRADE);
        assertThat(client.line()).startsWith("HTTP/1.1 101");
        while (!client.line().isEmpty()) {
            // The rest of the head.
        }
        client.send(PREFACE + SETTINGS);
        return new DataInputStream(client.in());
    }

    private static void assertLast(Frame goAway, int stream, int error) {
        assertThat(goAway.type()).isEqualTo(Frame.GO_AWAY);
        assertThat(goAway.payload()).startsWith(0, 0, 0, stream, 0, 0, 0, error);
    }

    @Test
    void goAwayComesBeforeTheResponseOfTheStreamThatIsOpen() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        TestApplication blocking = call -> {
            release.await();
            TestApplication.text(call, "done");
        };
        try (TestEngine engine = TestEngine.of(blocking, UPGRADE_ALLOWED);
                RawClient client = engine.connect()) {
            DataInputStream in = upgrade(client);
            await().until(() -> engine.gate().stats().inFlight() == 1);

            engine.listener().drain();

            assertLast(next(in, Frame.GO_AWAY, Frame.HEADERS), 1, 0);
            release.countDown();
            assertThat(next(in, Frame.HEADERS).stream()).isEqualTo(1);
            assertThat(new String(next(in, Frame.DATA).payload(), StandardCharsets.UTF_8))
                    .isEqualTo("done");
        }
    }

    @Test
    void goAwayEndsAConnectionThatWaits() throws Exception {
        try (TestEngine engine =
                        TestEngine.of((TestApplication) call -> TestApplication.text(call, "done"), UPGRADE_ALLOWED);
                RawClient client = engine.connect()) {
            DataInputStream in = upgrade(client);
            assertThat(next(in, Frame.DATA).stream()).isEqualTo(1);
            client.send(PING);
            next(in, Frame.PING);

            engine.listener().drain();

            assertLast(next(in, Frame.GO_AWAY), 1, 0);
        }
    }

    @Test
    void goAwayComesWhenNothingIsAskedForTooLong() throws Exception {
        TestApplication application = call -> TestApplication.text(call, "done");
        HttpOptions options = HttpOptions.builder()
                .http2Upgrade(true)
                .idleTimeout(Duration.ofSeconds(1))
                .build();
        try (TestEngine engine = TestEngine.of(application, options);
                RawClient client = engine.connect()) {
            DataInputStream in = upgrade(client);
            assertThat(next(in, Frame.DATA).stream()).isEqualTo(1);

            assertThat(next(in, Frame.GO_AWAY).payload()).endsWith(0, 0, 0, 0);
            assertThat(in.readAllBytes()).isEmpty();
        }
    }

    @Test
    void aFloodEndsWithItsReason() throws Exception {
        try (TestEngine engine =
                        TestEngine.of((TestApplication) call -> TestApplication.text(call, "done"), UPGRADE_ALLOWED);
                RawClient client = engine.connect()) {
            DataInputStream in = upgrade(client);
            assertThat(next(in, Frame.DATA).stream()).isEqualTo(1);
            client.send(PING.repeat(4_000));

            assertLast(next(in, Frame.GO_AWAY), 1, 11);
        }
    }
}
