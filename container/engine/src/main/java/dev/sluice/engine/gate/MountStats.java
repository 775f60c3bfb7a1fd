package dev.sluice.engine.gate;

import dev.sluice.engine.lane.RouteTimes;
import java.util.List;

/**
 * Figures of one application; counts are since it was mounted.
 *
 * @param host the virtual host's name
 * @param application its name
 * @param contextPath where it is mounted
 * @param version its version
 * @param inFlight requests in it now
 * @param permits requests that may run at once
 * @param permitsTaken permits that are taken now
 * @param waiting requests that wait for a permit or for a thread of the pool now
 * @param requests requests routed to it
 * @param fixed requests answered by a fixed response
 * @param queued requests that had to wait for a permit or for a thread of the pool
 * @param rejected requests refused with 503 because there was no permit or no thread
 * @param overdue requests answered with 504 at their deadline
 * @param late answers of application code that were dropped because somebody else had answered
 * @param cancelled requests whose client went away
 * @param crashed requests in which application code threw
 * @param beyondLimits requests with a body, form, parameters, parts or cookies beyond a limit, or a body that stalled
 * @param degraded the first Error that application code threw; empty if none
 * @param routes its routes and their lanes
 */
public record MountStats(
        String host,
        String application,
        String contextPath,
        String version,
        int inFlight,
        int permits,
        int permitsTaken,
        int waiting,
        long requests,
        long fixed,
        long queued,
        long rejected,
        long overdue,
        long late,
        long cancelled,
        long crashed,
        long beyondLimits,
        String degraded,
        List<RouteTimes.State> routes) {
    /** Copies the list. */
    public MountStats {
        routes = List.copyOf(routes);
    }
}
