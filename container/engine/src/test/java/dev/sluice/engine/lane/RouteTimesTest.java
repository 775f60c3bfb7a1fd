package dev.sluice.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Routes that hold their loop move to the pool, and are tried again. */
class RouteTimesTest {
    private final AtomicLong clock = new AtomicLong(1);
    private final RouteTimes.Limits limits = RouteTimes.Limits.DEFAULT;
    private final RouteTimes routes = new RouteTimes("app", limits, clock::get);
    private final RouteTimes.Route route = routes.route("/slow");

    private void held(Duration time) {
        route.held(time.toNanos(), route.exact());
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void isTrustedOnceItWasQuickOnThePool() {
        assertThat(route.trusted()).isFalse();
        route.ranOnPool(limits.once().toNanos() + 1);
        assertThat(route.trusted()).as("after a first run that initializes").isFalse();
        route.ranOnPool(limits.once().toNanos());
        assertThat(route.trusted()).isTrue();
        route.ranOnPool(limits.once().toNanos() + 1);
        assertThat(route.trusted()).isTrue();
    }

    @Test
    void isNotTrustedAnyMoreOnceItWasLeftBehind() {
        route.ranOnPool(0);
        route.leftBehind();
        assertThat(route.trusted()).isFalse();
        route.ranOnPool(0);
        assertThat(route.trusted()).isTrue();
    }

    @Test
    void tellsWhichRoutesAreStillToProveThemselves() {
        assertThat(routes.states()).noneMatch(RouteTimes.State::proving);
        assertThat(route.mustProve()).isTrue();
        assertThat(routes.states())
                .filteredOn(RouteTimes.State::proving)
                .extracting(RouteTimes.State::route)
                .containsExactly("/slow");
        route.ranOnPool(0);
        assertThat(route.mustProve()).isFalse();
        assertThat(routes.states()).noneMatch(RouteTimes.State::proving);
        route.leftBehind();
        assertThat(routes.states()).anyMatch(RouteTimes.State::proving);
    }

    @Test
    void quickRoutesStay() {
        for (int i = 0; i < 1000; i++) {
            held(Duration.ofNanos(500_000));
        }
        assertThat(route.onPool()).isFalse();
        assertThat(route.exact()).isFalse();
    }

    @Test
    void oneLongHoldIsMeasuredExactlyAndTheNextMoves() {
        held(Duration.ofMillis(200));
        assertThat(route.onPool()).isFalse();
        assertThat(route.exact()).isTrue();
        held(Duration.ofMillis(200));
        assertThat(route.onPool()).isTrue();
    }

    @Test
    void whatOnlyLookedSlowStays() {
        held(Duration.ofMillis(200));
        for (int i = 0; i < 100; i++) {
            held(Duration.ofNanos(150_000));
        }
        assertThat(route.onPool()).isFalse();
        assertThat(route.exact()).isFalse();
    }

    @Test
    void oneRequestThatLoadsClassesStays() {
        held(Duration.ofMillis(200));
        held(Duration.ofMillis(18));
        for (int i = 0; i < 100; i++) {
            held(Duration.ofNanos(10_000));
        }
        assertThat(route.onPool()).isFalse();
        assertThat(route.exact()).isFalse();
    }

    @Test
    void aHighAverageMovesToo() {
        for (int i = 0; i < 100; i++) {
            held(Duration.ofMillis(5));
        }
        assertThat(route.onPool()).isTrue();
        assertThat(routes.states()).anySatisfy(state -> {
            assertThat(state.route()).isEqualTo("/slow");
            assertThat(state.onPool()).isTrue();
            assertThat(state.moves()).isEqualTo(1);
        });
        assertThat(routes.route("/other").onPool()).isFalse();
    }

    @Test
    void isTriedAgainAfterAWhileAndThenAfterTwiceTheWhile() {
        held(Duration.ofMillis(200));
        held(Duration.ofMillis(200));
        pass(limits.retry().minusNanos(1));
        assertThat(route.onPool()).isTrue();
        pass(Duration.ofNanos(1));
        assertThat(route.onPool()).isFalse();
        held(Duration.ofMillis(200));
        assertThat(route.onPool()).isTrue();
        pass(limits.retry());
        assertThat(route.onPool()).isTrue();
        pass(limits.retry());
        assertThat(route.onPool()).isFalse();
    }
}
