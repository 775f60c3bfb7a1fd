package dev.sluice.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fixture.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Guessing is slowed down, in bounded memory. */
class LockOutTest {
    private final SecurityFixture fixture = new SecurityFixture("BASIC");

    private boolean right(String address) throws RealmException {
        return fixture.logins.password("alice", "ecila", address) != null;
    }

    private void guess(String user, String address, int times) throws RealmException {
        for (int i = 0; i < times; i++) {
            assertThat(fixture.logins.password(user, "guess", address)).isNull();
        }
    }

    @Test
    void afterFiveFailuresTheRightPasswordFailsToo() throws Exception {
        guess("alice", "a", 4);
        assertThat(right("a")).isTrue();
        guess("alice", "a", 5);
        assertThat(right("a")).isFalse();
        assertThat(right("b")).as("from elsewhere").isTrue();
        fixture.clock.pass(Duration.ofSeconds(1));
        assertThat(right("a")).isTrue();
    }

    @Test
    void aLockedUserCostsTheRealmNothing() throws Exception {
        guess("alice", "a", 5);
        int asked = fixture.asked.get();
        guess("alice", "a", 100);
        assertThat(fixture.asked).hasValue(asked);
        assertThat(fixture.logins.lockedOut()).isEqualTo(100);
    }

    /** Tomcat's CVE-2026-43513: another spelling of the name was another counter. */
    @Test
    void spellingTheNameDifferentlyGainsNothing() throws Exception {
        for (String spelling : new String[] {"alice", "ALICE", "Alice", "\uff41lice", " alice"}) {
            guess(spelling, "a", 1);
        }
        assertThat(right("a")).isFalse();
    }

    @Test
    void eachFurtherFailureDoublesTheTimeUpToALimit() throws Exception {
        guess("alice", "a", 5);
        fixture.clock.pass(Duration.ofSeconds(1));
        guess("alice", "a", 1);
        fixture.clock.pass(Duration.ofMillis(1999));
        assertThat(right("a")).isFalse();
        fixture.clock.pass(Duration.ofMillis(1));
        assertThat(right("a")).isTrue();
    }

    @Test
    void manyAddressesLockTheUserAndManyUsersTheAddress() {
        TestClock clock = new TestClock();
        LoginThrottle throttle = new LoginThrottle(LoginThrottle.Options.DEFAULT, clock);
        for (int i = 0; i < 20; i++) {
            throttle.failed("alice", "address" + i);
        }
        assertThat(throttle.locked("alice", "fresh")).isTrue();
        assertThat(throttle.locked("bob", "fresh")).isFalse();
        for (int i = 0; i < 50; i++) {
            throttle.failed("user" + i, "evil");
        }
        assertThat(throttle.locked("bob", "evil")).isTrue();
        clock.pass(Duration.ofMinutes(16));
        assertThat(throttle.locked("bob", "evil")).isFalse();
    }

    /** Many users behind one address, as behind a proxy: the mistakes of all of them keep nobody out who is known there. */
    @Test
    void theLockOfAnAddressDoesNotHoldUpWhoIsKnownThere() throws Exception {
        assertThat(right("proxy")).isTrue();
        fixture.clock.pass(Logins.REMEMBERED);
        for (int i = 0; i < 60; i++) {
            guess("user" + i, "proxy", 1);
        }
        assertThat(right("proxy")).as("known from there").isTrue();
        for (int i = 0; i < 60; i++) {
            guess("user" + i, "proxy", 1);
        }
        assertThat(fixture.logins.password("bob", "bob", "proxy"))
                .as("not known from there")
                .isNull();
        fixture.clock.pass(Duration.ofSeconds(10));
        assertThat(fixture.logins.password("bob", "bob", "proxy"))
                .as("slowed down only")
                .isNotNull();
    }

    /** Who guesses elsewhere does not keep the user out at home. */
    @Test
    void theLockOfAUserDoesNotHoldUpWhereTheUserIsKnown() throws Exception {
        assertThat(right("home")).isTrue();
        fixture.clock.pass(Logins.REMEMBERED);
        for (int i = 0; i < 30; i++) {
            guess("alice", "elsewhere" + i, 1);
        }
        assertThat(right("home")).isTrue();
        assertThat(right("nowhere")).isFalse();
        guess("alice", "home", 5);
        assertThat(right("home")).as("guessed from there").isFalse();
    }

    @Test
    void aSuccessForgetsTheFailuresOfItsAddress() throws Exception {
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 49; i++) {
                guess("user" + round + "-" + i, "proxy", 1);
            }
            assertThat(right("proxy")).isTrue();
            fixture.clock.pass(Logins.REMEMBERED);
        }
    }

    @Test
    void thresholdsAreOptions() {
        TestClock clock = new TestClock();
        LoginThrottle throttle =
                new LoginThrottle(LoginThrottle.Options.DEFAULT.with(2, 0, 3, Duration.ofSeconds(5)), clock);
        throttle.failed("alice", "a");
        assertThat(throttle.locked("alice", "a")).isFalse();
        throttle.failed("alice", "a");
        assertThat(throttle.locked("alice", "a")).isTrue();
        for (int i = 0; i < 100; i++) {
            throttle.failed("alice", "address" + i);
        }
        assertThat(throttle.locked("alice", "fresh")).as("0: never").isFalse();
        throttle.failed("bob", "a");
        assertThat(throttle.locked("carol", "a")).isTrue();
        clock.pass(Duration.ofSeconds(5));
        assertThat(throttle.locked("alice", "a")).isFalse();
    }

    @Test
    void memoryIsBounded() {
        LoginThrottle throttle = new LoginThrottle(LoginThrottle.Options.DEFAULT, new TestClock());
        for (int i = 0; i < 100_000; i++) {
            throttle.failed("user" + i + "x".repeat(i % 1000), "address" + i);
        }
        assertThat(throttle.size()).isEqualTo(30_000);
    }
}
