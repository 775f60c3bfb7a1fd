package dev.sluice.engine.gate;

import java.time.Duration;

/**
 * What the gate allows in the whole server, and the defaults of its applications.
 *
 * @param permits requests that may run at once in the whole server
 * @param queue requests that may wait for a permit of the server
 * @param queueTime how long a request may wait for permits
 * @param development whether clients see stack traces
 */
public record GateOptions(int permits, int queue, Duration queueTime, boolean development) {
    /** 4096 permits, 1024 wait for at most 1 s, no stack traces. */
    public static final GateOptions DEFAULT = new GateOptions(4096, 1024, Duration.ofSeconds(1), false);

    /** Checks the values. */
    public GateOptions {
        if (permits < 1 || queue < 0 || queueTime.isNegative()) {
            throw new IllegalArgumentException("gate: " + permits + " permits, queue " + queue + ", " + queueTime
                    + " (expected: at least 1 permit, a queue and a time that are not negative)");
        }
    }

    /** The same in development mode or not. */
    public GateOptions withDevelopment(boolean value) {
        return new GateOptions(permits, queue, queueTime, value);
    }
}
