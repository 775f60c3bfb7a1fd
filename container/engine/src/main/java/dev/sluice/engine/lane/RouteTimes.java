package dev.sluice.engine.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Which routes of an application hold their loop too long to stay there. The time that passes is watched because it is cheap; a route that
 * looks slow is then measured by CPU time, because a busy machine makes everything look slow. A route that is slow goes to the pool. After
 * a while one request tries the loop again: if it is quick the route is back, otherwise it is tried after twice the while.
 *
 * <p>That holds for every lane. Where the server chooses the lane, more is asked for. Nothing is known of a route that has not run yet, and its first run is the dear one: servlets are initialized, classes loaded, pages
 * compiled. So a route is not trusted on the loop before one of its requests has run on the pool and held no carrier for longer than the
 * limit at once. A route that had to be left behind by its loop is not trusted any more, until it has proved itself again in the same way.
 * That costs a quick route one hand-over in its life; a route that is never quick never gets a loop.
 */
public final class RouteTimes {
    private static final System.Logger LOG = System.getLogger(RouteTimes.class.getName());

    private final String application;
    private final Limits limits;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<String, Route> routes = new ConcurrentHashMap<>();
    private final Route first;

    /**
     * When a route moves.
     *
     * @param average moving average of the longest hold of each request
     * @param once one hold
     * @param retry first time on the pool
     * @param longestRetry longest time on the pool before the route is tried again
     */
    public record Limits(Duration average, Duration once, Duration retry, Duration longestRetry) {
        /** 2 ms on average, 20 ms at once; tried again after 10 s, at last every 5 minutes. */
        public static final Limits DEFAULT =
                new Limits(Duration.ofMillis(2), Duration.ofMillis(20), Duration.ofSeconds(10), Duration.ofMinutes(5));
    }

    /**
     * What is known of a route.
     *
     * @param route its name
     * @param average its average hold
     * @param onPool whether it was moved to the pool
     * @param proving whether its requests run on the pool because none of them has shown that it is quick
     * @param moves how often it was moved
     */
    public record State(String route, Duration average, boolean onPool, boolean proving, long moves) {}

    /** Routes of one application. */
    public RouteTimes(String application, Limits limits, LongSupplier nanoTime) {
        this.application = application;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.first = new Route("");
        routes.put("", first);
    }

    /** The route with this name. */
    public Route route(String name) {
        return name.isEmpty() ? first : routes.computeIfAbsent(name, Route::new);
    }

    /** What is known. */
    public List<State> states() {
        List<State> states = new ArrayList<>();
        for (Route route : routes.values()) {
            states.add(route.state());
        }
        return states;
    }

    /** One route. The figures may lose an update to another loop, which does no harm; moves are made under the lock. */
    public final class Route {
        private static final int WEIGHT = 8;
        private static final long NOT_WORTH_A_WRITE = 100_000;

        private final String name;
        private long average; // unguarded on purpose
        private int holds; // since the average began, at most WEIGHT
        private volatile boolean suspicious;
        private volatile boolean onPool;
        private volatile boolean trusted;
        private volatile boolean mustProve;
        private volatile long retryAt;
        private long wait;
        private boolean trying;
        private long moves;

        Route(String name) {
            this.name = name;
        }

        /** Whether requests of this route belong on the pool now. */
        public boolean onPool() {
            return onPool && (nanoTime.getAsLong() - retryAt < 0 || !tries());
        }

        /** Whether a request that is about to run must do so on the pool, because none has shown that the route is quick. */
        public boolean mustProve() {
            if (trusted) {
                return false;
            }
            mustProve = true;
            return true;
        }

        /** Whether a request of this route has shown that it is quick. */
        boolean trusted() {
            return trusted;
        }

        /** A request has run on the pool, and held its carrier for at most so much CPU time in one piece. */
        public void ranOnPool(long nanos) {
            if (!trusted && nanos <= limits.once().toNanos()) {
                trusted = true;
            }
        }

        /** The loop has gone on without a request that held it. */
        public void leftBehind() {
            trusted = false;
        }

        /** Whether {@link #held} wants CPU time. */
        public boolean exact() {
            return suspicious;
        }

        /** A request held the loop for this long in one piece. */
        public void held(long nanos, boolean exact) {
            if (onPool) {
                tried(nanos);
                return;
            }
            if (nanos < NOT_WORTH_A_WRITE && average == 0) {
                return;
            }
            long once = limits.once().toNanos();
            long now = average + (Math.min(nanos, once * WEIGHT) - average) / WEIGHT;
            average = now;
            if (holds < WEIGHT) {
                holds++;
            }
            // Fewer holds have no average: one request that loaded classes is no slow route.
            boolean slow = holds == WEIGHT && now > limits.average().toNanos() || nanos > once;
            if (slow && !exact) {
                begin();
                suspicious = true;
            } else if (slow) {
                toPool(nanos);
            } else if (exact && now < limits.average().toNanos() / 4) {
                suspicious = false;
            }
        }

        private synchronized void toPool(long nanos) {
            wait = Math.min(
                    wait == 0 ? limits.retry().toNanos() : 2 * wait,
                    limits.longestRetry().toNanos());
            retryAt = nanoTime.getAsLong() + wait;
            onPool = true;
            System.Logger.Level level = moves++ == 0 ? System.Logger.Level.INFO : System.Logger.Level.DEBUG;
            LOG.log(
                    level,
                    "route " + name + " of " + application + " moves to the pool: it held its loop for "
                            + nanos / 1_000 + " us (limits: " + limits.average().toMillis() + " ms on average, "
                            + limits.once().toMillis() + " ms at once); it is tried again in " + wait / 1_000_000_000
                            + " s");
        }

        private void begin() {
            average = 0;
            holds = 0;
        }

        /** True for one request after each wait. */
        private synchronized boolean tries() {
            if (!onPool || nanoTime.getAsLong() - retryAt < 0) {
                return !onPool;
            }
            retryAt = nanoTime.getAsLong() + wait;
            trying = true;
            return true;
        }

        /** What the request that tried the loop, or one that was there before the move, has taken. */
        private synchronized void tried(long nanos) {
            if (!onPool || !trying) {
                return;
            }
            trying = false;
            if (nanos > limits.average().toNanos()) {
                toPool(nanos);
                return;
            }
            onPool = false;
            begin();
            suspicious = true;
            LOG.log(System.Logger.Level.DEBUG, "route " + name + " of " + application + " is back on its loop");
        }

        State state() {
            return new State(name, Duration.ofNanos(average), onPool, mustProve && !trusted, moves);
        }
    }
}
