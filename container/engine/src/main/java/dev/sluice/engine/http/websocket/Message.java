package dev.sluice.engine.http.websocket;

import java.nio.ByteBuffer;

/** What a client has sent, complete and checked. */
sealed interface Message {
    /** A text. */
    record Text(String value) implements Message {}

    /** Bytes, in a buffer of their own. */
    record Binary(ByteBuffer value) implements Message {}

    /** To be answered with the same bytes. */
    record Ping(ByteBuffer data) implements Message {}

    /** The answer to a ping, or an unasked sign of life. */
    record Pong(ByteBuffer data) implements Message {}

    /**
     * The client sends nothing more.
     *
     * @param code {@link CloseCodes#NO_STATUS} if it gave none
     */
    record Close(int code, String reason) implements Message {}
}
