package dev.sluice.tck.attack;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.ServerSentEvent;
import dev.sluice.api.Setup;
import dev.sluice.api.WebSocketConnection;
import dev.sluice.api.WebSocketListener;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A room where all hear what one says, and a source of events. */
public final class ChurnApplication implements HandlerApplication {
    private final Set<WebSocketConnection> visitors = ConcurrentHashMap.newKeySet();

    /** Made by the server. */
    public ChurnApplication() {}

    @Override
    public void start(Setup setup) {
        setup.get("/chat", (request, context) -> Response.webSocket(new Visitor()));
        setup.get(
                "/events",
                (request, context) -> Response.events(sink -> {
                    for (int i = 0; i < 1_000 && !context.cancelled(); i++) {
                        sink.send(ServerSentEvent.of("event " + i));
                        Thread.sleep(1);
                    }
                }));
    }

    private final class Visitor implements WebSocketListener {
        @Override
        public void onOpen(WebSocketConnection connection) {
            visitors.add(connection);
        }

        @Override
        public void onText(WebSocketConnection connection, String message) throws IOException {
            for (WebSocketConnection visitor : visitors) {
                if (visitor.open()) {
                    say(visitor, message);
                }
            }
        }

        /** Who has gone since is none of the speaker's business. */
        private void say(WebSocketConnection visitor, String message) {
            try {
                visitor.send(message);
            } catch (IOException gone) {
                visitors.remove(visitor);
            }
        }

        @Override
        public void onClose(WebSocketConnection connection, int code, String reason) {
            visitors.remove(connection);
        }
    }
}
