package dev.sluice.engine.http;

import java.io.IOException;

/** The client takes a response so slowly that it was broken off. */
public final class SlowClientException extends IOException {
    private static final long serialVersionUID = 1L;

    SlowClientException(long leastRate) {
        super("response: the client took it too slowly (expected: at least " + leastRate
                + " bytes in each second that it is waited for)");
    }
}
