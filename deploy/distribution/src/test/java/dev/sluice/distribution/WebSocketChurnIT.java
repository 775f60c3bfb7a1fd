package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of a chat that come, talk and go do not stop a loop: what is said to one is sent to all, across loops and locks. */
class WebSocketChurnIT {
    private static final int ROUNDS = 8;
    private static final int CLIENTS = 6;
    private static final int TEXTS = 20;
    private static final String TEXT = "x".repeat(1_000);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void everyLoopGoesOn(String transport) throws Exception {
        Uring.assume(transport);
        try (SluiceProcess sluice = SluiceProcess.run(
                directory,
                "--set",
                "transport=" + transport,
                "--set",
                "loops=2",
                "--set",
                "timeouts.loop-silent=5s",
                SluiceProcess.LIVE_HANDLER + "=/live")) {
            HttpClient client = HttpClient.newHttpClient();
            URI chat = URI.create("ws://127.0.0.1:" + sluice.port() + "/live/chat");
            for (int round = 0; round < ROUNDS; round++) {
                List<CompletableFuture<Integer>> visits = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    visits.add(visit(client, chat));
                }
                for (CompletableFuture<Integer> visit : visits) {
                    assertThat(visit.get(60, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
                }
            }
            assertThat(sluice.management("/health/live").statusCode()).isEqualTo(200);
            try (Connections connections = new Connections(sluice)) {
                for (int i = 0; i < 4; i++) {
                    assertThat(connections.open().get("/live/countdown/0").response())
                            .startsWith("HTTP/1.1 200");
                }
            }
        }
    }

    /** Comes, sends its texts, says goodbye; gives the status with which the server has said goodbye too. */
    private static CompletableFuture<Integer> visit(HttpClient client, URI chat) {
        CompletableFuture<Integer> gone = new CompletableFuture<>();
        CompletableFuture<WebSocket> said = client.newWebSocketBuilder().buildAsync(chat, new Visitor(gone));
        for (int i = 0; i < TEXTS; i++) {
            said = said.thenCompose(socket -> socket.sendText(TEXT, true));
        }
        return said.thenCompose(socket -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""))
                .thenCompose(socket -> gone);
    }

    private record Visitor(CompletableFuture<Integer> gone) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            gone.complete(status);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            gone.completeExceptionally(error);
        }
    }
}
