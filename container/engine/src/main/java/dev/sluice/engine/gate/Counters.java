package dev.sluice.engine.gate;

import dev.sluice.engine.lane.RouteTimes;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What happened to the requests of one application, or of no application. */
final class Counters {
    final LongAdder requests = new LongAdder();
    final LongAdder fixed = new LongAdder();
    final LongAdder queued = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder overdue = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder cancelled = new LongAdder();
    final LongAdder crashed = new LongAdder();
    final LongAdder beyondLimits = new LongAdder();

    MountStats stats(Mount mount, Permits permits, List<RouteTimes.State> routes) {
        Error degraded = mount.degraded();
        return new MountStats(
                mount.host().name(),
                mount.application().name(),
                mount.application().contextPath(),
                mount.application().version(),
                mount.inFlight(),
                permits.limit(),
                permits.taken(),
                mount.waiting(),
                requests.sum(),
                fixed.sum(),
                queued.sum(),
                rejected.sum(),
                overdue.sum(),
                late.sum(),
                cancelled.sum(),
                crashed.sum(),
                beyondLimits.sum(),
                degraded == null ? "" : degraded.toString(),
                routes);
    }
}
