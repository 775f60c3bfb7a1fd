package dev.sluice.api;

import java.nio.ByteBuffer;

/**
 * The application's end of one WebSocket connection. The methods are called one after the other, never at the same time, in
 * the application's class loader, and may block; the next message is read when they return. An exception goes to
 * {@link #onError}, and the connection is closed with 1011.
 */
public interface WebSocketListener {
    /** The connection is open. */
    default void onOpen(WebSocketConnection connection) throws Exception {}

    /** A whole text message arrived. */
    default void onText(WebSocketConnection connection, String message) throws Exception {
        connection.close(WebSocketConnection.UNSUPPORTED_DATA, "text messages are not expected here");
    }

    /** A whole binary message arrived. The buffer belongs to the listener. */
    default void onBinary(WebSocketConnection connection, ByteBuffer message) throws Exception {
        connection.close(WebSocketConnection.UNSUPPORTED_DATA, "binary messages are not expected here");
    }

    /** A pong arrived; pings are answered by the server. */
    default void onPong(WebSocketConnection connection, ByteBuffer data) throws Exception {}

    /**
     * The connection is closed; called exactly once after {@link #onOpen}, and nothing after it.
     *
     * @param code the code of the peer, {@link WebSocketConnection#NO_STATUS} if it gave none, or
     *     {@link WebSocketConnection#ABNORMAL} if the connection broke
     */
    default void onClose(WebSocketConnection connection, int code, String reason) throws Exception {}

    /** Something failed: a method of this listener, or the connection. It is closed after this. */
    default void onError(WebSocketConnection connection, Throwable failure) {}
}
