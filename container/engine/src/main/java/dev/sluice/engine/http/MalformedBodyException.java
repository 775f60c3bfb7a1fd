package dev.sluice.engine.http;

import java.io.IOException;

/** The request's body is not framed as HTTP demands; the answer is 400 and the connection is closed. */
public final class MalformedBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    /** With what was found and expected. */
    public MalformedBodyException(String reason) {
        super("request body: " + reason);
    }
}
