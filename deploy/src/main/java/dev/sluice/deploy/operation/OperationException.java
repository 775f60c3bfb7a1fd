package dev.sluice.deploy.operation;

import java.io.Serial;

/** What was asked for cannot be done; the message says why, and what is expected. */
public final class OperationException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Kind {
        /** What was said makes no sense. */
        BAD,
        /** There is no such thing. */
        UNKNOWN,
        /** Not as things stand. */
        CONFLICT,
        /** It is longer than allowed. */
        TOO_LONG,
        /** It has another hash than the client said. */
        OTHER_HASH
    }

    private final Kind kind;

    OperationException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Why not. */
    public Kind kind() {
        return kind;
    }
}
