package dev.sluice.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.http.EventLoop;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A loop that waits for a lock must not keep the virtual thread that has it, and that only this loop would carry, from going on. */
class WaitingLoopTest {
    @BeforeAll
    static void onlyWithLoops() {
        assumeThat(LoopLane.reasonAgainst()).isEmpty();
    }

    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicReference<EventLoop> loop = new AtomicReference<>();

    @Test
    void aRequestThatHoldsALockGoesOn() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        try (TestEngine engine = TestEngine.builder(call -> {
                    loop.set(call.exchange().loop());
                    lock.lock();
                    try {
                        inside.countDown();
                        goOn.await();
                    } finally {
                        lock.unlock();
                    }
                    TestApplication.text(call, "went on");
                })
                .lane(LaneMode.LOOP)
                .start()) {
            CompletableFuture<RawResponse> answer = CompletableFuture.supplyAsync(() -> engine.get("/"));
            inside.await();
            CompletableFuture<Void> passed = onLoop(() -> {
                lock.lock();
                lock.unlock();
            });
            await().until(lock::hasQueuedThreads);
            goOn.countDown();

            assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo("went on");
            passed.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void aRequestThatIsNextAtAMonitorGetsIt() throws Exception {
        Object monitor = new Object();
        CountDownLatch held = new CountDownLatch(1);
        Thread owner = new Thread(() -> {
            synchronized (monitor) {
                held.countDown();
                awaitQuietly(goOn);
            }
        });
        try (TestEngine engine = TestEngine.builder(call -> {
                    loop.set(call.exchange().loop());
                    inside.countDown();
                    synchronized (monitor) {
                        TestApplication.text(call, "went on");
                    }
                })
                .lane(LaneMode.LOOP)
                .start()) {
            owner.start();
            held.await();
            CompletableFuture<RawResponse> answer = CompletableFuture.supplyAsync(() -> engine.get("/"));
            inside.await();
            await().until(() -> loop.get().mounted() == null);
            CompletableFuture<Void> passed = onLoop(() -> {
                synchronized (monitor) {
                    assertThat(Thread.holdsLock(monitor)).isTrue();
                }
            });
            await().until(() -> loop.get().thread().getState() == Thread.State.BLOCKED);
            goOn.countDown();

            assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo("went on");
            passed.get(60, TimeUnit.SECONDS);
            owner.join();
        }
    }

    private CompletableFuture<Void> onLoop(Runnable task) {
        return CompletableFuture.runAsync(task, loop.get());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
