package dev.sluice.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Delayed commands in order of their time; cancelled ones leave. */
class TimersTest {
    private final Timers timers = new Timers();
    private final List<String> ran = new ArrayList<>();

    private Timers.Timer add(String name, long deadline) {
        Timers.Timer timer = timers.timer(() -> ran.add(name), deadline);
        timers.add(timer);
        return timer;
    }

    private void runUntil(long now) {
        for (Runnable due = timers.pollDue(now); due != null; due = timers.pollDue(now)) {
            due.run();
        }
    }

    @Test
    void runsWhatIsDueInOrderOfTimeThenOfAdding() {
        add("c", 30);
        add("a", 10);
        add("b1", 20);
        add("b2", 20);
        runUntil(25);
        assertThat(ran).containsExactly("a", "b1", "b2");
        assertThat(timers.delay(25)).isEqualTo(5);
        runUntil(30);
        assertThat(ran).endsWith("c");
        assertThat(timers.delay(30)).isEqualTo(-1);
    }

    @Test
    void timeMayWrapAround() {
        add("before", Long.MAX_VALUE - 5);
        add("after", Long.MIN_VALUE + 5);
        runUntil(Long.MAX_VALUE);
        assertThat(ran).containsExactly("before");
        runUntil(Long.MIN_VALUE + 10);
        assertThat(ran).containsExactly("before", "after");
    }

    @Test
    void cancelledOnesNeitherRunNorStay() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int expected = 0;
        for (int i = 0; i < 10_000; i++) {
            Timers.Timer timer = add("timer", 1_000_000 + random.nextInt(1000));
            if (random.nextInt(10) != 0) {
                assertThat(timer.remove()).isTrue();
                assertThat(timer.remove()).isFalse();
            } else {
                expected++;
            }
        }
        assertThat(timers.size()).isEqualTo(expected);
        runUntil(2_000_000);
        assertThat(ran).hasSize(expected);
        assertThat(timers.size()).isZero();
    }
}
