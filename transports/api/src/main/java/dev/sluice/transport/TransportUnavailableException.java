package dev.sluice.transport;

import java.io.IOException;
import java.io.Serial;

/** A transport cannot work on this machine; the message is the cause and what to do about it. */
public final class TransportUnavailableException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Takes the cause in words. */
    public TransportUnavailableException(String message) {
        super(message);
    }

    /** Takes the cause in words and the failure that revealed it. */
    public TransportUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
