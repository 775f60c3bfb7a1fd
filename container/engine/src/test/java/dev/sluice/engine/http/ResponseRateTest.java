package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What counts for the rate at which a client takes a response. */
class ResponseRateTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = Long.MAX_VALUE - SECOND; // nanoTime may wrap

    private final ResponseRate rate = new ResponseRate(100, 5 * SECOND);
    private long now = START;
    private long taken = 1_000_000;

    /** Waits for so long, after which the client has room for these bytes. */
    private boolean waits(long seconds, long bytes) {
        boolean fast = rate.waits(now, taken);
        now += seconds * SECOND;
        rate.goesOn(now);
        taken += bytes;
        return fast;
    }

    @Test
    void aClientThatKeepsTheRateGoesOn() {
        for (int i = 0; i < 1000; i++) {
            assertThat(waits(1, 100)).isTrue();
        }
    }

    @Test
    void aClientBelowTheRateIsLeftTheGrace() {
        for (int i = 0; i < 6; i++) {
            assertThat(waits(1, 99)).as("wait %d", i).isTrue();
        }
        assertThat(waits(1, 99)).isFalse();
    }

    @Test
    void aQuickStartDoesNotPayForASlowRest() {
        assertThat(waits(1, 1_000_000_000)).isTrue();
        for (int i = 0; i < 5; i++) {
            waits(1, 0);
        }
        assertThat(waits(1, 0)).as("the stretch of the quick start").isTrue();
        for (int i = 0; i < 5; i++) {
            assertThat(waits(1, 0)).isTrue();
        }
        assertThat(waits(1, 0)).isFalse();
    }

    @Test
    void timeInWhichNobodyWaitsIsTheApplications() {
        for (int i = 0; i < 20; i++) {
            assertThat(waits(1, 100)).isTrue();
            now += 3600 * SECOND;
        }
    }

    @Test
    void largeStepsAreKnownOnlyWhenTheyCome() {
        for (int i = 0; i < 10; i++) {
            assertThat(waits(20, 2_000)).isTrue();
        }
    }
}
