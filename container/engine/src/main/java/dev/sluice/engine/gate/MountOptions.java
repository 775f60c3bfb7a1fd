package dev.sluice.engine.gate;

import dev.sluice.engine.application.LaneHint;
import dev.sluice.engine.lane.RouteTimes;
import java.time.Duration;

/**
 * What the gate allows one application.
 *
 * @param permits requests that may run at once
 * @param queue requests that may wait for a permit
 * @param deadline how long a request may take to its response's head; zero for no deadline
 * @param lane the lane that configuration asks for; {@code AUTO} leaves it to the application
 * @param routeLimits when a route leaves the loop
 * @param development whether clients see stack traces of this application
 */
public record MountOptions(
        int permits, int queue, Duration deadline, LaneHint lane, RouteTimes.Limits routeLimits, boolean development) {
    /** 512 permits, 1024 wait, no deadline. */
    public static final MountOptions DEFAULT =
            new MountOptions(512, 1024, Duration.ZERO, LaneHint.AUTO, RouteTimes.Limits.DEFAULT, false);

    /** Checks the values. */
    public MountOptions {
        if (permits < 1 || queue < 0 || deadline.isNegative()) {
            throw new IllegalArgumentException("application: " + permits + " permits, queue " + queue + ", deadline "
                    + deadline + " (expected: at least 1 permit, a queue and a deadline that are not negative)");
        }
    }

    /** The same with other permits and queue. */
    public MountOptions withPermits(int count, int waiting) {
        return new MountOptions(count, waiting, deadline, lane, routeLimits, development);
    }

    /** The same with a deadline. */
    public MountOptions withDeadline(Duration time) {
        return new MountOptions(permits, queue, time, lane, routeLimits, development);
    }

    /** The same with a lane. */
    public MountOptions withLane(LaneHint hint) {
        return new MountOptions(permits, queue, deadline, hint, routeLimits, development);
    }

    /** The same in development mode or not. */
    public MountOptions withDevelopment(boolean value) {
        return new MountOptions(permits, queue, deadline, lane, routeLimits, value);
    }
}
