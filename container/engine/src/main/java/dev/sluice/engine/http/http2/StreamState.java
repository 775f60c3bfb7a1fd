package dev.sluice.engine.http.http2;

/**
 * The life of a stream as the server sees it (RFC 9113, 5.1).
 *
 * <pre>
 *            HEADERS                 END from client
 *   IDLE ---------------> OPEN ---------------------> HALF_CLOSED_REMOTE
 *    |                     |                            |       ^
 *    | promise             | END from us                | END   | HEADERS from us
 *    v                     v                            | from  |
 *   RESERVED_LOCAL ----- HALF_CLOSED_LOCAL              | us    |
 *    |                     | END from client            v       |
 *    |                     +-------------------------> CLOSED   |
 *    +----------------------------------------------------------+
 *
 *   reset, in either direction: every state but IDLE -> CLOSED
 * </pre>
 */
enum StreamState {
    IDLE,
    RESERVED_LOCAL,
    OPEN,
    HALF_CLOSED_LOCAL,
    HALF_CLOSED_REMOTE,
    CLOSED;

    /** What happens to a stream. */
    enum Event {
        /** The client opens it. */
        HEADERS_RECEIVED,
        /** END_STREAM of the client. */
        END_RECEIVED,
        /** We promise it. */
        PROMISED,
        /** Our first HEADERS. */
        HEADERS_SENT,
        /** Our END_STREAM. */
        END_SENT,
        /** RST_STREAM of either side, or the end of the connection. */
        RESET
    }

    /**
     * The state after an event.
     *
     * @throws IllegalStateException for an event that is not possible here; it is ours to ask before
     */
    StreamState after(Event event) {
        StreamState next =
                switch (event) {
                    case HEADERS_RECEIVED -> this == IDLE ? OPEN : null;
                    case PROMISED -> this == IDLE ? RESERVED_LOCAL : null;
                    case HEADERS_SENT -> this == RESERVED_LOCAL ? HALF_CLOSED_REMOTE : canSend() ? this : null;
                    case END_RECEIVED -> this == OPEN ? HALF_CLOSED_REMOTE : this == HALF_CLOSED_LOCAL ? CLOSED : null;
                    case END_SENT -> this == OPEN ? HALF_CLOSED_LOCAL : this == HALF_CLOSED_REMOTE ? CLOSED : null;
                    case RESET -> this == IDLE ? null : CLOSED;
                };
        if (next == null) {
            throw new IllegalStateException("stream in state " + this + ": " + event + " (expected: another event)");
        }
        return next;
    }

    /** Whether the client may send HEADERS or DATA. */
    boolean canReceive() {
        return this == OPEN || this == HALF_CLOSED_LOCAL;
    }

    /** Whether we may send HEADERS or DATA. */
    boolean canSend() {
        return this == OPEN || this == HALF_CLOSED_REMOTE || this == RESERVED_LOCAL;
    }
}
