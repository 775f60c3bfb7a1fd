package dev.sluice.fork.report;

import java.util.Map;

/**
 * What forks of a template were measured to take, the least of some.
 *
 * @param nanos how long one fork took
 * @param bytes what one fork allocated; -1 where the JVM does not tell
 * @param forks how many forks were made to find out
 * @param byClass how that is divided among the classes of the objects that a fork rebuilds
 */
public record ForkCost(long nanos, long bytes, int forks, Map<Class<?>, Share> byClass) {
    /** Of a template that all forks share as a whole. */
    public static final ForkCost NOTHING = new ForkCost(0, 0, 0, Map.of());

    /**
     * The part that all objects of one class have in a fork.
     *
     * @param nanos of the time
     * @param bytes of what was allocated; 0 where the JVM does not tell
     */
    public record Share(double nanos, double bytes) {
        /** None of it. */
        public static final Share NONE = new Share(0, 0);

        public Share plus(Share other) {
            return new Share(nanos + other.nanos, bytes + other.bytes);
        }

        /** So much of it. */
        public Share times(double part) {
            return new Share(nanos * part, bytes * part);
        }
    }

    public ForkCost {
        byClass = Map.copyOf(byClass);
    }
}
