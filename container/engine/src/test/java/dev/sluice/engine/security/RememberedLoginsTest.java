package dev.sluice.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fixture.TestClock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Right passwords are remembered for a short time, so that BASIC does not hash with each request; and only so many. */
class RememberedLoginsTest {
    private final TestClock clock = new TestClock();
    private final AtomicInteger asked = new AtomicInteger();
    private final Realm realm = new Realm() {
        @Override
        public @Nullable User authenticate(String name, String password) {
            asked.incrementAndGet();
            return password.equals("right") ? User.of(name, Set.of()) : null;
        }
    };
    private final Logins logins = Logins.of(realm, clock);

    @Test
    void memoryIsBounded() throws RealmException {
        for (int i = 0; i < 12_000; i++) {
            assertThat(logins.password("user" + i, "right", "host")).isNotNull();
        }
        assertThat(logins.remembered()).isEqualTo(10_000);
    }

    @Test
    void theRealmIsAskedOnceInAWhile() throws RealmException {
        for (int i = 0; i < 10; i++) {
            assertThat(logins.password("ann", "right", "host")).isNotNull();
        }
        assertThat(asked).hasValue(1);

        clock.pass(Logins.REMEMBERED.plus(Duration.ofSeconds(1)));

        assertThat(logins.password("ann", "right", "host")).isNotNull();
        assertThat(asked).hasValue(2);
    }

    @Test
    void anotherPasswordIsNotRemembered() throws RealmException {
        assertThat(logins.password("ann", "right", "host")).isNotNull();
        assertThat(logins.password("ann", "wrong", "host")).isNull();
        assertThat(logins.password("bob", "wrong", "host")).isNull();
    }
}
