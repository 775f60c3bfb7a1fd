package dev.sluice.api;

import org.jspecify.annotations.Nullable;

/**
 * Ends a request with a status of the 4xx or 5xx range. The client gets the status and the message; nothing is logged as a
 * failure of the application unless the status is 500 or more.
 */
public final class StatusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** Makes one with a message that the client may see. */
    public StatusException(int status, String message) {
        this(status, message, null);
    }

    /** Makes one with a message that the client may see and a cause that it never sees. */
    public StatusException(int status, String message, @Nullable Throwable cause) {
        super(message, cause);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 400 to 599)");
        }
        this.status = status;
    }

    /** The status, 400 to 599. */
    public int status() {
        return status;
    }

    /** The answer for the client: the status, and the message as plain text. */
    public Response response() {
        String message = getMessage();
        return Response.text(message == null ? "" : message).withStatus(status);
    }
}
