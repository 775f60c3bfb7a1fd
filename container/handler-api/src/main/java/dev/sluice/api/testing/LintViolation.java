package dev.sluice.api.testing;

/** Says which part of the handler contract was broken, and by whom. */
public final class LintViolation extends AssertionError {
    private static final long serialVersionUID = 1L;

    LintViolation(String message) {
        super(message);
    }
}
