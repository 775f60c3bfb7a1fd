package dev.sluice.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Response;
import dev.sluice.api.WebSocketConnection;
import dev.sluice.api.WebSocketListener;
import dev.sluice.api.WebSocketUpgrade;
import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.testing.RawClient;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSocket connections frame by frame: what no client library would send. */
class WebSocketFramesTest {
    private static final String ASK = "GET /echo HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
    private static final int LARGE = 1 << 20;

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final AtomicReference<WebSocketConnection> connection = new AtomicReference<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private HandlerServer server;

    private final class Echo implements WebSocketListener {
        @Override
        public void onOpen(WebSocketConnection from) {
            connection.set(from);
        }

        @Override
        public void onText(WebSocketConnection from, String message) throws Exception {
            switch (message) {
                case "flood" -> flood(from);
                case "wait" -> release.await();
                case "close" -> from.close(4001, "asked");
                case "badclose" -> from.close(1005, "");
                default -> from.send(message);
            }
        }

        private void flood(WebSocketConnection to) throws IOException {
            for (int i = 0; i < 1000; i++) {
                to.send(ByteBuffer.allocate(LARGE));
                sent.incrementAndGet();
            }
        }

        @Override
        public void onBinary(WebSocketConnection from, ByteBuffer message) throws IOException {
            from.send(message);
        }

        @Override
        public void onClose(WebSocketConnection from, int code, String reason) {
            events.add("close " + code + " " + reason);
        }

        @Override
        public void onError(WebSocketConnection from, Throwable failure) {
            events.add("error " + failure.getClass().getSimpleName());
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = HandlerServer.start(
                "",
                setup -> setup.get(
                        "/echo",
                        (request, context) ->
                                Response.webSocket(new WebSocketUpgrade(new Echo(), List.of(), 2 * LARGE))),
                HttpOptions.builder().writeTimeout(Duration.ofSeconds(1)).build());
    }

    @AfterEach
    void everythingIsGivenBack() throws Exception {
        release.countDown();
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(server.engine().listener().connections()).isZero());
        assertThat(server.deployment().webSockets()).isZero();
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(server.engine().buffers().outstanding()).isZero());
        server.close();
    }

    private RawClient open() {
        RawClient client = server.connect().send(ASK + "\r\n");
        assertThat(client.response().status()).isEqualTo(101);
        return client;
    }

    private static RawClient send(RawClient client, String hex) throws IOException {
        client.socket().getOutputStream().write(HexFormat.of().parseHex(hex.replace(" ", "")));
        return client;
    }

    private static String text(String text) {
        String hex = HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return "81" + String.format("%02x", 0x80 | hex.length() / 2) + "00000000" + hex;
    }

    private static String read(RawClient client, int count) throws IOException {
        byte[] bytes = new byte[count];
        new DataInputStream(client.in()).readFully(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The code of the close frame that comes next. */
    private static int closeCode(RawClient client) throws IOException {
        assertThat(client.in().read()).isEqualTo(0x88);
        byte[] payload = client.in().readNBytes(client.in().read());
        return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no mask | 8101 61 | 1002",
                "a reserved bit | C180 00000000 | 1002",
                "a reserved opcode | 8380 00000000 | 1002",
                "a length with the top bit set | 82FF 8000000000000000 00000000 | 1002",
                "a continuation of nothing | 8080 00000000 | 1002",
                "no text, and the frame not complete | 81FE 1000 00000000 61FF | 1007",
                "a message above the limit | 82FF 0000000000200001 00000000 | 1009",
                "a close code that must not be sent | 8882 00000000 03EE | 1002",
            })
    void whatBreaksTheRulesIsToldWhyAndDropped(String name, String hex, int code) throws Exception {
        try (RawClient client = open()) {
            send(client, hex);
            assertThat(closeCode(client)).isEqualTo(code);
            assertThat(client.closed()).as("our end is closed").isTrue();
            send(client, text("not heard any more"));
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(events).containsExactly("error FrameException", "close " + code + " "));
    }

    @Test
    void pingsBetweenFragmentsAreAnsweredAtOnce() throws Exception {
        try (RawClient client = open()) {
            send(client, "0181 00000000 61  8982 01020304 7172");
            assertThat(read(client, 4)).isEqualTo("8a027070");
            send(client, "8081 00000000 62");
            assertThat(read(client, 4)).isEqualTo("81026162");
        }
    }

    @Test
    void theClientsCloseIsAnsweredWithItsCodeAlsoWhenItsEndIsClosed() throws Exception {
        try (RawClient client = open()) {
            send(client, "8884 00000000 0FA0 6F6B").socket().shutdownOutput();
            assertThat(read(client, 6)).isEqualTo("88040fa06f6b");
            assertThat(client.closed()).isTrue();
        }
        Awaitility.await().untilAsserted(() -> assertThat(events).containsExactly("close 4000 ok"));
    }

    @Test
    void aCloseWithoutCodeIsAnsweredWithoutOne() throws Exception {
        try (RawClient client = open()) {
            send(client, "8880 00000000");
            assertThat(read(client, 2)).isEqualTo("8800");
            assertThat(client.closed()).isTrue();
        }
        Awaitility.await().untilAsserted(() -> assertThat(events).containsExactly("close 1005 "));
    }

    @Test
    void afterOurCloseOnlyTheClientsCounts() throws Exception {
        try (RawClient client = open()) {
            send(client, text("close"));
            assertThat(closeCode(client)).isEqualTo(4001);
            assertThat(connection.get().open()).isFalse();
            send(client, text("late") + "8980 00000000" + "8882 00000000 0FA1");
            assertThat(client.closed()).isTrue();
        }
        Awaitility.await().untilAsserted(() -> assertThat(events).containsExactly("close 4001 "));
    }

    @Test
    void aClientThatNeverAnswersOurCloseIsCutOff() throws Exception {
        try (RawClient client = open()) {
            send(client, text("close"));
            assertThat(closeCode(client)).isEqualTo(4001);
            assertThat(client.closed()).isTrue();
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(events).containsExactly("error SocketTimeoutException", "close 1006 "));
    }

    @Test
    void aCodeThatMustNotBeSentIsTheApplicationsFault() throws Exception {
        try (RawClient client = open()) {
            send(client, text("badclose"));
            assertThat(closeCode(client)).isEqualTo(1011);
        }
        Awaitility.await().untilAsserted(() -> assertThat(events).first().isEqualTo("error IllegalArgumentException"));
    }

    @Test
    void writersWaitForASlowClientAndFailWhenItTakesNothing() throws Exception {
        try (RawClient client = open()) {
            send(client, text("flood"));
            assertThat(read(client, 10)).isEqualTo("827f0000000000100000");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(events).containsExactly("error IOException", "close 1006 "));
            assertThat(sent.get()).as("messages of 1 MiB taken").isLessThan(100);
        }
    }

    @Test
    void nothingIsReadWhileTheApplicationIsBehind() throws Exception {
        try (RawClient client = open()) {
            send(client, text("wait"));
            Thread writer = new Thread(() -> {
                try {
                    for (int i = 0; i < 100; i++) {
                        send(client, "82FF 0000000000100000 00000000" + "00".repeat(LARGE));
                        sent.incrementAndGet();
                    }
                } catch (IOException e) {
                    events.add("writer " + e);
                }
            });
            writer.start();
            Awaitility.await().during(Duration.ofMillis(300)).until(() -> {
                int before = sent.get();
                return before < 20 && before == sent.get();
            });
            release.countDown();
            for (int i = 0; i < 100; i++) {
                assertThat(read(client, 10)).isEqualTo("827f0000000000100000");
                client.in().skipNBytes(LARGE);
            }
            writer.join();
        }
        Awaitility.await().untilAsserted(() -> assertThat(events).hasSize(2).endsWith("close 1006 "));
    }

    /** The server stops reading while too many answers wait, so the client's writing stops, too. */
    @Test
    void pingsWhoseAnswersNobodyReadsAreNotRead() throws Exception {
        int rounds = 400;
        String pings = ("89FD 00000000" + "00".repeat(125)).repeat(1000);
        try (RawClient client = open()) {
            Thread writer = new Thread(() -> {
                try {
                    for (int i = 0; i < rounds; i++) {
                        send(client, pings);
                        sent.incrementAndGet();
                    }
                } catch (IOException e) {
                    events.add("writer " + e);
                }
            });
            writer.start();
            Awaitility.await().until(() -> sent.get() > 0);
            client.in().skipNBytes(rounds * 1000L * 127);
            writer.join();
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(events).containsExactly("error ClosedChannelException", "close 1006 "));
    }

    @Test
    void aHandshakeWithTwoKeysOrABodyIsMalformed() throws Exception {
        assertThat(server.send(ASK + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                        .status())
                .isEqualTo(400);
        assertThat(server.send(ASK + "Content-Length: 1\r\n\r\nx").status()).isEqualTo(400);
    }
}
