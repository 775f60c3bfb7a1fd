package dev.sluice.transport;

import java.util.Objects;

/**
 * Whether a transport can work on this machine.
 *
 * @param available true if a probe of the transport succeeded
 * @param cause what keeps it from working, in words for an operator; empty if it is available
 */
public record Availability(boolean available, String cause) {
    private static final Availability AVAILABLE = new Availability(true, "");

    /** Refuses an unavailable answer without a cause. */
    public Availability {
        Objects.requireNonNull(cause, "cause");
        if (!available && cause.isBlank()) {
            throw new IllegalArgumentException("cause: blank (expected: why the transport is not available)");
        }
    }

    /** The answer of a transport that works here. */
    public static Availability yes() {
        return AVAILABLE;
    }

    /** The answer of a transport that does not work here, with the cause. */
    public static Availability no(String cause) {
        return new Availability(false, cause);
    }
}
