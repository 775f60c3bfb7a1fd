package dev.sluice.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fixture.TestClock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PushIdentitiesTest {
    private final TestClock clock = new TestClock();
    private final PushIdentities pushes = new PushIdentities(clock);
    private final Authentication ann = new Authentication(User.of("ann", Set.of()), "DIGEST");

    @Test
    void standForTheUserOnce() {
        String credentials = pushes.issue(ann);
        assertThat(pushes.take(credentials)).isSameAs(ann);
        assertThat(pushes.take(credentials)).isNull();
    }

    @Test
    void areGoodForAShortTime() {
        String credentials = pushes.issue(ann);
        clock.pass(Duration.ofSeconds(31));
        assertThat(pushes.take(credentials)).isNull();
    }

    @Test
    void othersAreNone() {
        for (String other : new String[] {null, "", "Basic YTpi", "Sluice-Push ", "Sluice-Push x"}) {
            assertThat(pushes.take(other)).isNull();
        }
    }

    @Test
    void theOldestGoWhenThereAreTooMany() {
        String first = pushes.issue(ann);
        String second = pushes.issue(ann);
        for (int i = 0; i < 999; i++) {
            pushes.issue(ann);
        }
        assertThat(pushes.take(first)).isNull();
        assertThat(pushes.take(second)).isSameAs(ann);
    }
}
