package dev.sluice.api;

import java.util.List;
import java.util.Objects;

/**
 * The upgrade of a request to a WebSocket connection (RFC 6455), as a value that a handler returns in
 * {@link Response#webSocket(WebSocketUpgrade)}.
 *
 * @param listener the application's end
 * @param subprotocols the subprotocols that the application speaks, the best first; the first that the client asked for is
 *     agreed on
 * @param maximumMessageSize longer messages, in bytes, are answered by closing the connection with 1009
 */
public record WebSocketUpgrade(WebSocketListener listener, List<String> subprotocols, int maximumMessageSize) {
    /** The limit of a message if none is given: 1 MiB. */
    public static final int DEFAULT_MAXIMUM_MESSAGE_SIZE = 1 << 20;

    /** Checks the values. */
    public WebSocketUpgrade {
        Objects.requireNonNull(listener, "listener");
        subprotocols = List.copyOf(subprotocols);
        for (String subprotocol : subprotocols) {
            if (!Tokens.isToken(subprotocol)) {
                throw new IllegalArgumentException(
                        "subprotocol: " + Tokens.printable(subprotocol) + " (expected: a token)");
            }
        }
        if (maximumMessageSize < 1) {
            throw new IllegalArgumentException("maximumMessageSize: " + maximumMessageSize + " (expected: 1 or more)");
        }
    }

    /** An upgrade without subprotocols and with the default limit. */
    public WebSocketUpgrade(WebSocketListener listener) {
        this(listener, List.of(), DEFAULT_MAXIMUM_MESSAGE_SIZE);
    }
}
