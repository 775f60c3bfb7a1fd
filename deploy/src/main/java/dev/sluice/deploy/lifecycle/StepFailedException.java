package dev.sluice.deploy.lifecycle;

import java.io.Serial;

/** A step of a start or a stop failed; the cause is what it threw, the message names the step. */
public final class StepFailedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String step;

    StepFailedException(String step, Throwable cause) {
        super(step + ": " + (cause.getMessage() == null ? cause.toString() : cause.getMessage()), cause);
        this.step = step;
    }

    /** The name of the step. */
    public String step() {
        return step;
    }
}
