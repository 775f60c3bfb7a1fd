package dev.sluice.deploy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A step that cannot be undone in time is left behind; the rest is undone all the same. */
class StepsByADeadlineTest {
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void whatHangsIsLeftBehind() throws Exception {
        Steps steps = Steps.builder()
                .onStop("first", () -> log.add("first"))
                .onStop("hangs", never::await)
                .onStop("last", () -> log.add("last"))
                .build();
        steps.start();

        steps.stop(Deadline.in(Duration.ofMillis(100)));

        assertThat(log).containsExactly("last", "first");
        never.countDown();
    }

    @Test
    void aStartThatIsStoppedIsUndone() {
        AtomicReference<@Nullable Deadline> stopped = new AtomicReference<>();
        Steps steps = Steps.builder()
                .step("first", () -> log.add("first"), () -> log.add("undo first"))
                .step("second", () -> stopped.set(Deadline.in(Duration.ofSeconds(60))), () -> log.add("undo second"))
                .step("third", () -> log.add("third"))
                .build();

        assertThatThrownBy(() -> steps.start(stopped::get)).isInstanceOf(StepFailedException.class);

        assertThat(log).containsExactly("first", "undo second", "undo first");
    }

    @Test
    void aDeadlineIsOneForAll() {
        AtomicReference<Long> now = new AtomicReference<>(0L);
        Deadline deadline = Deadline.in(Duration.ofSeconds(10), now::get);
        assertThat(deadline.atMost(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(10));
        now.set(Duration.ofSeconds(7).toNanos());
        assertThat(deadline.left()).isEqualTo(Duration.ofSeconds(3));
        assertThat(deadline.atMost(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
        now.set(Duration.ofSeconds(11).toNanos());
        assertThat(deadline.over()).isTrue();
        assertThat(deadline.plus(Duration.ofSeconds(5)).left()).isEqualTo(Duration.ofSeconds(4));
    }
}
