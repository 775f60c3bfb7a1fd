package dev.sluice.samples.live;

import dev.sluice.api.WebSocketConnection;
import dev.sluice.api.WebSocketListener;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who is in the chat; shared by all connections on purpose, so it is safe for many threads. */
final class Room {
    private final Set<WebSocketConnection> visitors = ConcurrentHashMap.newKeySet();

    WebSocketListener visitor() {
        return new WebSocketListener() {
            @Override
            public void onOpen(WebSocketConnection connection) throws IOException {
                visitors.add(connection);
                say(visitors.size() + " here");
            }

            @Override
            public void onText(WebSocketConnection connection, String message) throws IOException {
                say(message);
            }

            @Override
            public void onClose(WebSocketConnection connection, int code, String reason) throws IOException {
                visitors.remove(connection);
                say(visitors.size() + " here");
            }
        };
    }

    private void say(String message) throws IOException {
        for (WebSocketConnection visitor : visitors) {
            if (visitor.open()) {
                visitor.send(message);
            }
        }
    }
}
