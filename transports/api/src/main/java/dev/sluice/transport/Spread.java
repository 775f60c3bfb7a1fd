package dev.sluice.transport;

import java.util.List;

/**
 * How evenly something is spread over the loops.
 *
 * @param ratio the most that one loop got, divided by the average of all; 1 is perfectly even
 */
public record Spread(double ratio) {
    private static final double BALANCED_TO = 1.10;
    private static final double MILD_TO = 1.50;

    /** What a ratio means. */
    public enum Grade {
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
        return new Spread(all == 0 ? 1 : (double) most * counts.size() / all);
    }

    /** What it means. */
    public Grade grade() {
        return ratio <= BALANCED_TO ? Grade.BALANCED : ratio <= MILD_TO ? Grade.MILD : Grade.SEVERE;
    }
}
