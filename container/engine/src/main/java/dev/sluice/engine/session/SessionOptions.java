package dev.sluice.engine.session;

import java.io.ObjectInputFilter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the sessions of an application behave where the application says nothing.
 *
 * @param timeout the idle time after which a session ends; zero or negative: never
 * @param maxSessions the largest number of live sessions; zero: no limit
 * @param sweepInterval how often idle sessions are looked for
 * @param cookieHttpOnly whether session cookies are HttpOnly unless the application decides otherwise
 * @param serialFilter patterns in the syntax of {@code jdk.serialFilter} that extend (or, with an exclamation mark,
 *     narrow) the classes allowed in stored sessions; null: the built-in list alone
 */
public record SessionOptions(
        Duration timeout,
        int maxSessions,
        Duration sweepInterval,
        boolean cookieHttpOnly,
        @Nullable String serialFilter) {

    /** 30 minutes, no limit, a sweep every 10 seconds, HttpOnly. */
    public static final SessionOptions DEFAULT =
            new SessionOptions(Duration.ofMinutes(30), 0, Duration.ofSeconds(10), true, null);

    public SessionOptions {
        if (maxSessions < 0) {
            throw new IllegalArgumentException("maxSessions: " + maxSessions + " (expected: >= 0, 0 for no limit)");
        }
        if (sweepInterval.isNegative() || sweepInterval.isZero()) {
            throw new IllegalArgumentException("sweepInterval: " + sweepInterval + " (expected: a positive duration)");
        }
        if (serialFilter != null) {
            try {
                ObjectInputFilter.Config.createFilter(serialFilter);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "serialFilter: " + serialFilter + ": " + e.getMessage()
                                + " (expected: patterns of classes such as org.example.**;!org.other.*)",
                        e);
            }
        }
    }

    /** The same with another idle time. */
    public SessionOptions withTimeout(Duration value) {
        return new SessionOptions(value, maxSessions, sweepInterval, cookieHttpOnly, serialFilter);
    }

    /** The same with another limit on live sessions. */
    public SessionOptions withMaxSessions(int value) {
        return new SessionOptions(timeout, value, sweepInterval, cookieHttpOnly, serialFilter);
    }

    /** The same with other class patterns. */
    public SessionOptions withSerialFilter(@Nullable String value) {
        return new SessionOptions(timeout, maxSessions, sweepInterval, cookieHttpOnly, value);
    }
}
