package dev.sluice.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Headers;
import dev.sluice.api.Response;
import dev.sluice.api.Template;
import dev.sluice.api.WebSocketConnection;
import dev.sluice.api.WebSocketListener;
import dev.sluice.api.WebSocketUpgrade;
import dev.sluice.engine.application.LaneHint;
import dev.sluice.engine.testing.RawResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** WebSocket connections with the JDK's client. */
class WebSocketTest {
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
    private static final String ASK = "GET /echo HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final AtomicReference<WebSocketConnection> connection = new AtomicReference<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private HandlerServer server;
    private HttpClient http;

    /** Echoes, and does what some messages ask for. */
    private final class Echo implements WebSocketListener {
        private final Template<List<String>> template;

        Echo(Template<List<String>> template) {
            this.template = template;
        }

        @Override
        public void onOpen(WebSocketConnection from) throws IOException {
            connection.set(from);
            from.send("welcome " + from.subprotocol().orElse("-"));
        }

        @Override
        public void onText(WebSocketConnection from, String message) throws Exception {
            switch (message) {
                case "fail" -> throw new IllegalStateException("asked to");
                case "wait" -> release.await();
                case "bye" -> from.close(WebSocketConnection.NORMAL, "as you wish");
                default -> {
                    from.context().fork(template).add(message);
                    from.send(from.context().fork(template).toString());
                }
            }
        }

        @Override
        public void onBinary(WebSocketConnection from, ByteBuffer message) throws IOException {
            from.send(message);
        }

        @Override
        public void onPong(WebSocketConnection from, ByteBuffer data) {
            events.add("pong " + data.remaining());
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

    private static final class Client implements WebSocket.Listener {
        private final List<String> texts = new CopyOnWriteArrayList<>();
        private final List<Integer> binaries = new CopyOnWriteArrayList<>();
        private final CompletableFuture<String> closed = new CompletableFuture<>();
        private final StringBuilder partial = new StringBuilder();
        private int partialBytes;

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                texts.add(partial.toString());
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            partialBytes += data.remaining();
            if (last) {
                binaries.add(partialBytes);
                partialBytes = 0;
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code + " " + reason);
            return null;
        }

        void awaitTexts(String... expected) {
            Awaitility.await().untilAsserted(() -> assertThat(texts).containsExactly(expected));
        }

        String closed() throws Exception {
            return closed.get(60, TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void start() throws Exception {
        http = HttpClient.newHttpClient();
        server = HandlerServer.start(setup -> {
            Template<List<String>> template = setup.template("seen", new ArrayList<>());
            setup.get("/echo", (request, context) -> {
                context.onFinish((status, failure) -> events.add("finish " + status + " " + context.cancelled()));
                return Response.webSocket(new WebSocketUpgrade(new Echo(template), List.of("b", "a"), 200_000))
                        .withHeader("X-Extra", "yes");
            });
        });
    }

    @AfterEach
    void stop() throws Exception {
        release.countDown();
        server.close();
    }

    private WebSocket open(Client client, String... subprotocols) throws Exception {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (subprotocols.length > 0) {
            builder.subprotocols(subprotocols[0], java.util.Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
        }
        URI uri = URI.create("ws://127.0.0.1:" + server.engine().address().getPort() + "/echo");
        return builder.buildAsync(uri, client).get(60, TimeUnit.SECONDS);
    }

    @Test
    void messagesGoBothWaysAndTheForkIsTheConnections() throws Exception {
        Client first = new Client();
        Client second = new Client();
        WebSocket one = open(first);
        WebSocket two = open(second);
        one.sendText("a", true).get();
        two.sendText("x", true).get();
        one.sendText("b", true).get();

        first.awaitTexts("welcome -", "[a]", "[a, b]");
        second.awaitTexts("welcome -", "[x]");
        assertThat(server.deployment().webSockets()).isEqualTo(2);
    }

    @Test
    void fragmentsAreJoinedAndLargeMessagesArriveWhole() throws Exception {
        Client client = new Client();
        WebSocket socket = open(client);
        socket.sendText("a", false).get();
        socket.sendText("b", true).get();
        socket.sendBinary(ByteBuffer.allocate(150_000), true).get();

        client.awaitTexts("welcome -", "[ab]");
        Awaitility.await().untilAsserted(() -> assertThat(client.binaries).containsExactly(150_000));
    }

    @Test
    void theFirstOfOurSubprotocolsThatTheClientOffersIsTaken() throws Exception {
        Client client = new Client();
        assertThat(open(client, "x", "a", "b").getSubprotocol()).isEqualTo("b");
        client.awaitTexts("welcome b");
    }

    @Test
    void theClientCloses() throws Exception {
        Client client = new Client();
        open(client).sendClose(4000, "done").get();

        assertThat(client.closed()).isEqualTo("4000 done");
        Awaitility.await()
                .untilAsserted(() -> assertThat(events).containsExactly("close 4000 done", "finish 101 true"));
        assertThat(server.deployment().webSockets()).isZero();
        assertThat(connection.get().open()).isFalse();
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> connection.get().send("late"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void theApplicationCloses() throws Exception {
        Client client = new Client();
        open(client).sendText("bye", true).get();

        assertThat(client.closed()).isEqualTo("1000 as you wish");
    }

    @Test
    void aFailingListenerClosesWith1011() throws Exception {
        Client client = new Client();
        open(client).sendText("fail", true).get();

        assertThat(client.closed()).startsWith("1011");
        Awaitility.await().untilAsserted(() -> assertThat(events)
                .startsWith("error IllegalStateException")
                .anyMatch(event -> event.startsWith("close 1011"))
                .endsWith("finish 101 true"));
    }

    @Test
    void aMessageAboveTheLimitClosesWith1009() throws Exception {
        Client client = new Client();
        open(client).sendBinary(ByteBuffer.allocate(200_001), true).get();

        assertThat(client.closed()).startsWith("1009");
        Awaitility.await().untilAsserted(() -> assertThat(events).anyMatch(event -> event.startsWith("close 1009")));
    }

    @Test
    void aBrokenConnectionIs1006() throws Exception {
        Client client = new Client();
        WebSocket socket = open(client);
        client.awaitTexts("welcome -");
        socket.abort();

        Awaitility.await().untilAsserted(() -> assertThat(events).anyMatch(event -> event.startsWith("close 1006")));
        Awaitility.await().untilAsserted(() -> assertThat(events).endsWith("finish 101 true"));
    }

    @Test
    void messagesWaitWhileTheListenerIsBusy() throws Exception {
        Client client = new Client();
        WebSocket socket = open(client);
        socket.sendText("wait", true).get();
        socket.sendText("a", true).get();
        socket.sendText("b", true).get();
        Awaitility.await().during(java.time.Duration.ofMillis(100)).until(() -> client.texts.size() == 1);
        release.countDown();

        client.awaitTexts("welcome -", "[a]", "[a, b]");
    }

    @Test
    void pingsAreAnsweredAndPongsDelivered() throws Exception {
        Client client = new Client();
        open(client);
        client.awaitTexts("welcome -");
        connection.get().ping(ByteBuffer.allocate(3));

        Awaitility.await().untilAsserted(() -> assertThat(events).containsExactly("pong 3"));
    }

    @Test
    void stoppingTheApplicationClosesWith1001() throws Exception {
        Client client = new Client();
        open(client);
        client.awaitTexts("welcome -");
        server.deployment().stop();

        assertThat(client.closed()).startsWith("1001");
    }

    @Test
    void theHandshakeIsThatOfTheSpecification() {
        RawResponse good = server.send(ASK + KEY + "\r\n");
        assertThat(good.status()).isEqualTo(101);
        assertThat(good.header("Sec-WebSocket-Accept")).contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(good.header("Upgrade")).contains("websocket");
        assertThat(good.header("X-Extra")).contains("yes");

        assertThat(server.get("/echo").status()).isEqualTo(426);
        assertThat(server.get("/echo").header("Upgrade")).contains("websocket");
        assertThat(server.send(ASK + KEY.replace("13", "8") + "\r\n").header("Sec-WebSocket-Version"))
                .contains("13");
        assertThat(server.send(ASK + KEY.replace("dGhl", "") + "\r\n").status()).isEqualTo(400);
    }

    @Test
    void framesThatComeWithTheHandshakeAreRead() throws Exception {
        byte[] masked = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'z'};
        try (dev.sluice.engine.testing.RawClient client = server.connect()) {
            client.send(ASK + KEY + "\r\n" + new String(masked, java.nio.charset.StandardCharsets.ISO_8859_1));
            assertThat(client.response().status()).isEqualTo(101);
            byte[] expected =
                    "\u0081\u0009welcome -\u0081\u0003[z]".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            StringBuilder got = new StringBuilder();
            while (got.length() < expected.length) {
                got.append((char) client.in().read());
            }
            assertThat(got.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
                    .isEqualTo(expected);
        }
    }

    @Test
    void listenersOfNonBlockingHandlersMayBlock() throws Exception {
        try (HandlerServer inline = HandlerServer.start(
                "",
                setup -> setup.get(
                        "/echo",
                        dev.sluice.api.Handler.nonBlocking(
                                (request, context) -> Response.webSocket(new WebSocketListener() {
                                    @Override
                                    public void onText(WebSocketConnection from, String message) throws Exception {
                                        release.await(50, TimeUnit.MILLISECONDS);
                                        from.send(Headers.empty() + message);
                                    }
                                }))),
                builder -> builder.mount(options -> options.withLane(LaneHint.INLINE)))) {
            HandlerServer before = server;
            server = inline;
            Client client = new Client();
            open(client).sendText("x", true).get();
            client.awaitTexts("[]x");
            server = before;
        }
    }
}
