package dev.sluice.engine.http;

import java.io.IOException;
import java.time.Duration;

/** The client has announced a body and sends nothing more of it, or too slowly; the answer is 408 and the connection is closed. */
public final class StalledBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Nothing came for this long. */
    public StalledBodyException(Duration time) {
        super("request body: nothing came for " + time.toMillis() + " ms");
    }

    /** Too little came in the time that it was waited for. */
    public StalledBodyException(long bytes, Duration waited, long rate) {
        super("request body: " + bytes + " bytes in " + waited.toMillis() + " ms of waiting (expected: at least " + rate
                + " bytes a second)");
    }
}
