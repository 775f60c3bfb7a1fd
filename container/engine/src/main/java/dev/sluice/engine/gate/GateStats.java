package dev.sluice.engine.gate;

import java.util.List;

/**
 * Figures of the whole gate; counts are since the start.
 *
 * @param inFlight requests in applications now
 * @param permits requests that may run at once
 * @param permitsTaken permits that are taken now
 * @param waiting requests that wait for a permit of the server now
 * @param unrouted requests that no application is mounted for
 * @param lane the lane of requests that want nothing special
 * @param mounts each application
 */
public record GateStats(
        int inFlight, int permits, int permitsTaken, int waiting, long unrouted, String lane, List<MountStats> mounts) {
    /** Copies the list. */
    public GateStats {
        mounts = List.copyOf(mounts);
    }
}
