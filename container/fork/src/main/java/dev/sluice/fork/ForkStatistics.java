package dev.sluice.fork;

/**
 * How often and how fast a template was forked for requests, connections and jobs.
 *
 * @param forks how many forks were made
 * @param nanos how long they took together: the first sixteen are timed, and one in sixteen after them, which stands for all
 * @param recentNanos durations of the most recent timed forks, oldest first; at most 100 are kept
 */
public record ForkStatistics(long forks, long nanos, long[] recentNanos) {
    public ForkStatistics {
        recentNanos = recentNanos.clone();
    }

    @Override
    public long[] recentNanos() {
        return recentNanos.clone();
    }
}
