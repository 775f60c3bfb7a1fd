package dev.sluice.engine.gate;

import java.time.Duration;

/**
 * A request that is in the gate now.
 *
 * @param id its id
 * @param application the application's name
 * @param method its method
 * @param path its raw path, without path parameters: they may be ids of sessions
 * @param age since its head was read
 * @param state what it does
 * @param lane the lane of its application code; empty while it waits
 */
public record ActiveRequest(
        String id, String application, String method, String path, Duration age, State state, String lane) {
    /** What a request does. */
    public enum State {
        /** It waits for a permit. */
        WAITING,
        /** Application code runs. */
        RUNNING,
        /** Application code has returned and goes on asynchronously. */
        DETACHED,
        /** Somebody else has answered; application code still runs. */
        ANSWERED,
        /** Application code is over; the response is being sent. */
        SENDING
    }
}
