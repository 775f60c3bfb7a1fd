package dev.sluice.engine.http.websocket;

import java.io.IOException;

/** The client sent what it must not; it is told by a close frame with the code. */
public final class FrameException extends IOException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String reason;

    FrameException(int code, String message) {
        super(message);
        this.code = code;
        this.reason = message;
    }

    static FrameException protocol(String message) {
        return new FrameException(CloseCodes.PROTOCOL_ERROR, message);
    }

    /** The code of the close frame. */
    public int code() {
        return code;
    }

    /** The reason in the close frame. */
    public String reason() {
        return reason;
    }
}
