package dev.sluice.fork;

/**
 * How often and how fast a template was forked for requests, connections and jobs.
 *
 * @param forks how many forks were made
 * @param recentNanos durations of the most recent timed forks, oldest first; one fork in sixteen is timed, at most 100
 *     are kept
 */
public record ForkStatistics(long forks, long[] recentNanos) {
    public ForkStatistics {
        recentNanos = recentNanos.clone();
    }

    @Override
    public long[] recentNanos() {
        return recentNanos.clone();
    }
}
