package dev.sluice.engine.http;

import java.io.IOException;

/** The request's body is larger than allowed; the answer is 413. */
public final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
    private final long limit;

    /** The body went beyond this many bytes. */
    public BodyTooLargeException(long limit) {
        super("request body: larger than " + limit
                + " bytes (raise the limit on body size if such requests are expected)");
        this.limit = limit;
    }

    /** The limit in bytes. */
    public long limit() {
        return limit;
    }
}
