package dev.sluice.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An open WebSocket connection. May be used by any thread; each message is sent whole, in the order of the calls.
 * Sending blocks while the client is slow and throws an {@link IOException} when the connection is closed.
 */
public interface WebSocketConnection {
    /** Close code: the purpose is fulfilled. */
    int NORMAL = 1000;

    /** Close code: the server stops. */
    int GOING_AWAY = 1001;

    /** Close code: this kind of message is not accepted. */
    int UNSUPPORTED_DATA = 1003;

    /** Close code that is only reported: the peer gave none. */
    int NO_STATUS = 1005;

    /** Close code that is only reported: the connection broke. */
    int ABNORMAL = 1006;

    /** Close code: the message is too big. */
    int TOO_BIG = 1009;

    /** Close code: the server failed. */
    int SERVER_ERROR = 1011;

    /** The context of the request that opened the connection, with the one fork of this connection. */
    HandlerContext context();

    /** The subprotocol that was agreed on. */
    Optional<String> subprotocol();

    /** Sends a text message. */
    void send(String message) throws IOException;

    /** Sends the remaining bytes as a binary message. */
    void send(ByteBuffer message) throws IOException;

    /** Sends a ping with at most 125 bytes. */
    void ping(ByteBuffer data) throws IOException;

    /** Starts the closing handshake; does nothing if the connection is closing already. */
    void close(int code, String reason);

    /** Whether messages can be sent. */
    boolean open();
}
