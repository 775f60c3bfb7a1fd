package dev.sluice.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.api.Response;
import dev.sluice.api.WebSocketConnection;
import dev.sluice.api.WebSocketListener;
import dev.sluice.api.WebSocketUpgrade;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryWebSocketTest {
    private final List<String> events = new ArrayList<>();

    private final class Echo implements WebSocketListener {
        @Override
        public void onOpen(WebSocketConnection connection) throws Exception {
            connection.send("welcome");
        }

        @Override
        public void onText(WebSocketConnection connection, String message) throws Exception {
            if (message.equals("fail")) {
                throw new IllegalStateException("asked to");
            }
            connection.send(message);
        }

        @Override
        public void onBinary(WebSocketConnection connection, ByteBuffer message) throws Exception {
            connection.send(message);
        }

        @Override
        public void onClose(WebSocketConnection connection, int code, String reason) {
            events.add("close " + code + reason);
        }

        @Override
        public void onError(WebSocketConnection connection, Throwable failure) {
            events.add("error " + failure.getMessage());
        }
    }

    private InMemory app() throws Exception {
        return InMemory.start(setup -> setup.get("/echo", (request, context) -> {
                    context.onFinish((status, failure) -> events.add("finish"));
                    return Response.webSocket(new WebSocketUpgrade(new Echo(), List.of(), 10));
                })
                .get("/plain", (request, context) -> Response.text("")));
    }

    @Test
    void messagesGoBothWays() throws Exception {
        try (InMemory app = app()) {
            InMemoryWebSocket socket = app.webSocket("/echo");
            socket.send("hello");
            socket.send(new byte[] {1, 2});
            assertThat(events).isEmpty();
            socket.close();

            assertThat(socket.texts()).containsExactly("welcome", "hello");
            assertThat(socket.binaries()).containsExactly(new byte[] {1, 2});
            assertThat(events).containsExactly("close 1000", "finish");
        }
    }

    @Test
    void aFailingListenerClosesWith1011() throws Exception {
        try (InMemory app = app()) {
            InMemoryWebSocket socket = app.webSocket("/echo");
            socket.send("fail");

            assertThat(socket.closeCode()).isEqualTo(1011);
            assertThat(events).containsExactly("error asked to", "close 1011", "finish");
        }
    }

    @Test
    void aMessageAboveTheLimitClosesWith1009() throws Exception {
        try (InMemory app = app()) {
            InMemoryWebSocket socket = app.webSocket("/echo");
            socket.send("12345678901");

            assertThat(socket.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void aRequestThatAsksForNoUpgradeGets426() throws Exception {
        try (InMemory app = app()) {
            assertThat(app.get("/echo").status()).isEqualTo(426);
            assertThat(app.get("/echo").header("Upgrade")).contains("websocket");
            assertThatIllegalStateException().isThrownBy(() -> app.webSocket("/plain"));
        }
    }
}
