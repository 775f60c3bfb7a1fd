package dev.sluice.deploy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleFollowersTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Lifecycle lifecycle = new Lifecycle("shop", Clock.fixed(NOON, ZoneOffset.UTC));
    private final List<String> seen = new ArrayList<>();

    @Test
    void hearEveryChangeInOrder() {
        lifecycle.follow(change -> seen.add(change.name() + " " + change.from() + " " + change.to()));

        lifecycle.on(State.Event.START);
        lifecycle.on(State.Event.STARTED);

        assertThat(seen).containsExactly("shop described starting", "shop starting running");
        assertThat(lifecycle.last().at()).isEqualTo(NOON);
    }

    @Test
    void whoThrowsDoesNotKeepTheOthersFromHearing() {
        lifecycle.follow(change -> {
            throw new IllegalStateException("planted");
        });
        lifecycle.follow(change -> seen.add(change.to().toString()));

        lifecycle.on(State.Event.START);

        assertThat(seen).containsExactly("starting");
    }

    @Test
    void hearTheReasonOfAFailure() {
        lifecycle.follow(change -> seen.add(change.reason()));

        lifecycle.fail("web.xml:3: broken");

        assertThat(seen).containsExactly("web.xml:3: broken");
        assertThat(lifecycle.failure()).contains("web.xml:3: broken");
    }

    @Test
    void hearNothingOfAnIllegalEvent() {
        lifecycle.follow(change -> seen.add(change.to().toString()));

        assertThatThrownBy(() -> lifecycle.on(State.Event.DRAIN)).isInstanceOf(IllegalTransitionException.class);

        assertThat(seen).isEmpty();
        assertThat(lifecycle.state()).isEqualTo(State.DESCRIBED);
    }
}
