package dev.sluice.transport;

import java.util.List;

/**
 * How evenly something is spread over the loops.
 *
 * @param ratio the most that one loop got, divided by the average of all; 1 is perfectly even
 * @param count how many there are on average; few say nothing, as chance alone spreads them unevenly
 */
public record Spread(double ratio, long count) {
    private static final double BALANCED_TO = 1.10;
    private static final double MILD_TO = 1.50;
    private static final long TELLING = 32;

    /** What a ratio means. */
    public enum Grade {
        /** Too few to say. */
        UNKNOWN,
        /** At most 1.10. */
        BALANCED,
        /** At most 1.50. */
        MILD,
        /** Beyond: one loop works while others wait. */
        SEVERE
    }

    /** The spread of these counts, one for each loop; perfect if there is nothing to spread. */
    public static Spread of(List<Long> counts) {
        long all = counts.stream().mapToLong(Long::longValue).sum();
        long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
        return new Spread(
                all == 0 ? 1 : (double) most * counts.size() / all, counts.isEmpty() ? 0 : all / counts.size());
    }

    /** What it means. */
    public Grade grade() {
        if (count < TELLING) {
            return Grade.UNKNOWN;
        }
        return ratio <= BALANCED_TO ? Grade.BALANCED : ratio <= MILD_TO ? Grade.MILD : Grade.SEVERE;
    }
}
