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
 * User names are compared without case and Unicode's variants, so that spelling a name differently gains nothing. The
 * number of counters is bounded: the ones longest unused are forgotten. Safe for use by many threads.
 */
public final class LoginThrottle {
    private final Options options;
    private final InstantSource clock;
    private final Map<String, Counter> counters;

    public LoginThrottle(Options options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
        this.counters = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Counter> eldest) {
                return size() > options.maxCounters();
            }
        };
    }

    /**
     * When to slow down.
     *
     * @param perUserAndAddress failures of one user from one address that are free
     * @param perUser failures of one user from anywhere that are free
     * @param perAddress failures of one address that are free
     * @param firstLock the time of the first lock; each further failure doubles it
     * @param longestLock the time that a lock never exceeds, after which failures are forgotten too
     * @param maxCounters the largest number of counters in memory
     */
    public record Options(
            int perUserAndAddress,
            int perUser,
            int perAddress,
            Duration firstLock,
            Duration longestLock,
            int maxCounters) {
        /** 5, 20 and 50 failures, locks of 1 second to 15 minutes, 30,000 counters. */
        public static final Options DEFAULT =
                new Options(5, 20, 50, Duration.ofSeconds(1), Duration.ofMinutes(15), 30_000);
    }

    /** Whether an attempt is to fail without being tried. */
    public synchronized boolean locked(String user, String address) {
        long now = clock.millis();
        for (String key : keys(user, address)) {
            Counter counter = counters.get(key);
            if (counter != null && now < counter.lockedUntil) {
                return true;
            }
        }
        return false;
    }

    /** An attempt has failed. */
    public synchronized void failed(String user, String address) {
        List<String> keys = keys(user, address);
        count(keys.get(0), options.perUserAndAddress);
        count(keys.get(1), options.perUser);
        count(keys.get(2), options.perAddress);
    }

    /** An attempt has succeeded: this user and this address start anew; the other counters stay. */
    public synchronized void succeeded(String user, String address) {
        counters.remove(keys(user, address).get(0));
    }

    private void count(String key, int free) {
        long now = clock.millis();
        Counter counter = counters.computeIfAbsent(key, fresh -> new Counter());
        if (now - counter.lastFailure > options.longestLock.toMillis()) {
            counter.failures = 0;
        }
        counter.lastFailure = now;
        counter.failures++;
        if (counter.failures >= free) {
            int doublings = Math.min(30, counter.failures - free);
            counter.lockedUntil =
                    now + Math.min(options.longestLock.toMillis(), options.firstLock.toMillis() << doublings);
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
