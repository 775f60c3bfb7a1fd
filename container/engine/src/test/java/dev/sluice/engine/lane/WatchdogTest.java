package dev.sluice.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.http.Carrier;
import dev.sluice.engine.http.EventLoop;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A loop that one request holds is noticed, its carrier told, and told again when the loop is back. */
class WatchdogTest {
    private final AtomicBoolean spin = new AtomicBoolean(true);
    private final CopyOnWriteArrayList<Boolean> told = new CopyOnWriteArrayList<>();
    private final List<EventLoop> lost = new CopyOnWriteArrayList<>();
    private final AtomicLong clock = new AtomicLong();

    private final Carrier carrier = new Carrier() {
        @Override
        public void mounted(Thread virtualThread) {}

        @Override
        public void unmounted() {}

        @Override
        public void held(boolean held) {
            told.add(held);
        }
    };

    @Test
    void noticesAndForgives() {
        TestApplication spinning = call -> {
            while (spin.get()) {
                Thread.onSpinWait();
            }
            TestApplication.text(call, "back");
        };
        try (TestEngine engine = TestEngine.builder(spinning)
                        .lane(LoopLane.reasonAgainst().isEmpty() ? LaneMode.LOOP : LaneMode.INLINE)
                        .loops(1)
                        .carrier(carrier)
                        .start();
                RawClient client = engine.connect()) {
            Watchdog watchdog = new Watchdog(engine.loops(), Duration.ofSeconds(1), clock::get, lost::add);
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> engine.loops().all().stream().anyMatch(loop -> loop.holder() != null));
            watchdog.look();
            clock.addAndGet(Duration.ofMillis(900).toNanos());
            watchdog.look();
            assertThat(told).isEmpty();
            clock.addAndGet(Duration.ofMillis(200).toNanos());
            watchdog.look();
            watchdog.look();
            assertThat(told).containsExactly(true);
            assertThat(watchdog.holds()).isEqualTo(1);
            spin.set(false);
            assertThat(client.response().body()).isEqualTo("back");
            await().until(() -> engine.loops().all().stream().allMatch(loop -> loop.holder() == null));
            watchdog.look();
            assertThat(told).containsExactly(true, false);
        }
    }

    @Test
    void noticesALoopThatWaitsForAMonitor() {
        Object monitor = new Object();
        try (TestEngine engine = TestEngine.builder((TestApplication) call -> TestApplication.text(call, "here"))
                .loops(1)
                .carrier(carrier)
                .start()) {
            engine.get("/");
            EventLoop loop = engine.loops().all().get(0);
            Watchdog watchdog = new Watchdog(engine.loops(), Duration.ofSeconds(1), clock::get, lost::add);
            assertThat(watchdog.silent(Duration.ofSeconds(10))).isEmpty();
            synchronized (monitor) {
                loop.execute(() -> {
                    synchronized (monitor) {
                        told.add(null);
                    }
                });
                await().until(() -> loop.thread().getState() == Thread.State.BLOCKED);
                watchdog.look();
                clock.addAndGet(Duration.ofMillis(1_100).toNanos());
                watchdog.look();
                assertThat(told).containsExactly(true);
                clock.addAndGet(Duration.ofSeconds(9).toNanos());
                assertThat(watchdog.silent(Duration.ofSeconds(10)))
                        .containsExactly(new Watchdog.Silence(loop.name(), Duration.ofMillis(10_100)));
            }
            await().until(() -> {
                watchdog.look();
                return told.equals(Arrays.asList(true, null, false));
            });
            await().until(() -> watchdog.silent(Duration.ofSeconds(10)).isEmpty());
        }
    }

    @Test
    void tellsOfALoopThatHasEnded() {
        TestEngine engine = TestEngine.builder((TestApplication) call -> TestApplication.text(call, "here"))
                .loops(1)
                .start();
        EventLoop loop;
        Watchdog watchdog = new Watchdog(engine.loops(), Duration.ofSeconds(1), clock::get, lost::add);
        try (engine) {
            engine.get("/");
            loop = engine.loops().all().get(0);
            watchdog.look();
            assertThat(lost).isEmpty();
        }
        await().until(() -> loop.thread().getState() == Thread.State.TERMINATED);
        watchdog.look();
        assertThat(lost).containsExactly(loop);
        clock.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(watchdog.silent(Duration.ofSeconds(10))).hasSize(1);
    }
}
