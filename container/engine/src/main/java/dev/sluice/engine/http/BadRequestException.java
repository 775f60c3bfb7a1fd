package dev.sluice.engine.http;

/** The request cannot be accepted as it was sent; the answer has the status and the connection is closed. */
public final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    /** With status 400. */
    public BadRequestException(String message) {
        this(400, message);
    }

    /** With a status from 400 to 599. */
    public BadRequestException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** The status to answer with. */
    public int status() {
        return status;
    }
}
