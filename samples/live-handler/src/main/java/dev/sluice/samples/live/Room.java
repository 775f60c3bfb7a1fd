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
            public void onOpen(WebSocketConnection connection) {
                visitors.add(connection);
                say(visitors.size() + " here");
            }

            @Override
            public void onText(WebSocketConnection connection, String message) {
                say(message);
            }

            @Override
            public void onClose(WebSocketConnection connection, int code, String reason) {
                visitors.remove(connection);
                say(visitors.size() + " here");
            }
        };
    }

    /** A visitor who leaves meanwhile is no trouble of the one who speaks. */
    private void say(String message) {
        for (WebSocketConnection visitor : visitors) {
            try {
                visitor.send(message);
            } catch (IOException gone) {
                visitors.remove(visitor);
            }
        }
    }
}
