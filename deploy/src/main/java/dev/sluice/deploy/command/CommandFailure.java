package dev.sluice.deploy.command;

import java.io.Serial;

/** A command cannot do what it should; the message says why and what to do. */
final class CommandFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    CommandFailure(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
