package dev.sluice.engine.security;

import java.text.Normalizer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Slows down who guesses passwords. Failures are counted for a user from one address, for a user from anywhere, and for
 * an address; beyond a threshold each further one doubles the time in which every attempt fails without asking the realm.
 * A user who has logged in from an address before is held up there by failures of that pair alone: others who guess
 * behind the same proxy, or guess this user's password elsewhere, do not keep the user out. A success forgets the
 * failures of the pair and of the address. User names are compared without case and Unicode's variants, so that spelling
 * a name differently gains nothing. The number of counters is bounded: the ones longest unused are forgotten. Safe for
 * use by many threads.
 */
public final class LoginThrottle {
    private final Options options;
    private final InstantSource clock;
    private final Map<String, Counter> counters;
    private final Map<String, Boolean> known;
    private long refused; // guarded by this

    public LoginThrottle(Options options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
        this.counters = bounded(options.maxCounters());
        this.known = bounded(options.maxCounters());
    }

    private static <V> Map<String, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * When to slow down; zero failures: never for this reason.
     *
     * @param perUserAndAddress failures of one user from one address that are free
     * @param perUser failures of one user from anywhere that are free
     * @param perAddress failures of one address that are free
     * @param firstLock the time of the first lock; each further failure doubles it
     * @param longestLock the time that a lock never exceeds, after which failures are forgotten too
     * @param longestAddressLock the same for the lock of an address, behind which there may be many users
     * @param maxCounters the largest number of counters in memory, and of users with an address
     */
    public record Options(
            int perUserAndAddress,
            int perUser,
            int perAddress,
            Duration firstLock,
            Duration longestLock,
            Duration longestAddressLock,
            int maxCounters) {
        /** 5, 20 and 50 failures, locks of 1 second to 15 minutes, of an address to 10 seconds, 30,000 counters. */
        public static final Options DEFAULT =
                new Options(5, 20, 50, Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofSeconds(10), 30_000);

        /** The same with other thresholds and another longest lock. */
        public Options with(int forUserAndAddress, int forUser, int forAddress, Duration longest) {
            return new Options(
                    forUserAndAddress,
                    forUser,
                    forAddress,
                    firstLock,
                    longest,
                    longest.compareTo(longestAddressLock) < 0 ? longest : longestAddressLock,
                    maxCounters);
        }
    }

    /** Whether an attempt is to fail without being tried. */
    public synchronized boolean locked(String user, String address) {
        List<String> keys = keys(user, address);
        boolean locked =
                locked(keys.get(0)) || known.get(keys.get(0)) == null && (locked(keys.get(1)) || locked(keys.get(2)));
        if (locked) {
            refused++;
        }
        return locked;
    }

    /** Attempts that failed without being tried, since the start. */
    public synchronized long refused() {
        return refused;
    }

    private boolean locked(String key) {
        Counter counter = counters.get(key);
        return counter != null && clock.millis() < counter.lockedUntil;
    }

    /** An attempt has failed. */
    public synchronized void failed(String user, String address) {
        List<String> keys = keys(user, address);
        count(keys.get(0), options.perUserAndAddress, options.longestLock);
        count(keys.get(1), options.perUser, options.longestLock);
        count(keys.get(2), options.perAddress, options.longestAddressLock);
    }

    /** An attempt has succeeded: this pair and this address start anew; the counter of the user from anywhere stays. */
    public synchronized void succeeded(String user, String address) {
        List<String> keys = keys(user, address);
        counters.remove(keys.get(0));
        counters.remove(keys.get(2));
        known.put(keys.get(0), true);
    }

    private void count(String key, int free, Duration longest) {
        if (free == 0) {
            return;
        }
        long now = clock.millis();
        Counter counter = counters.computeIfAbsent(key, fresh -> new Counter());
        if (now - counter.lastFailure > options.longestLock.toMillis()) {
            counter.failures = 0;
        }
        counter.lastFailure = now;
        counter.failures++;
        if (counter.failures >= free) {
            int doublings = Math.min(30, counter.failures - free);
            counter.lockedUntil = now + Math.min(longest.toMillis(), options.firstLock.toMillis() << doublings);
        }
    }

    private static List<String> keys(String user, String address) {
        String shortened = user.length() > 200 ? user.substring(0, 200) : user;
        String name = Normalizer.normalize(shortened, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .strip();
        return List.of("both " + address + " " + name, "user " + name, "address " + address);
    }

    /** The number of counters in memory. */
    public synchronized int size() {
        return counters.size();
    }

    /** Guarded by the throttle. */
    private static final class Counter {
        private int failures;
        private long lastFailure;
        private long lockedUntil;
    }
}
