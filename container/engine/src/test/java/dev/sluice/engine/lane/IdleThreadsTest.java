package dev.sluice.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The pool of platform threads gives a task to an idle thread before it makes another. */
class IdleThreadsTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final Set<Thread> used = ConcurrentHashMap.newKeySet();

    private TestEngine engine(TestApplication application) {
        return TestEngine.builder(application)
                .lane(LaneMode.POOL)
                .pool(PoolLane.ofPlatformThreads(40))
                .start();
    }

    @Test
    void oneClientNeedsFewThreads() {
        try (TestEngine engine = engine(call -> {
                    used.add(Thread.currentThread());
                    TestApplication.text(call, "done");
                });
                RawClient client = engine.connect()) {
            for (int i = 0; i < 200; i++) {
                assertThat(client.send(REQUEST).response().body()).isEqualTo("done");
                await().pollDelay(0, TimeUnit.MILLISECONDS)
                        .pollInterval(1, TimeUnit.MILLISECONDS)
                        .until(() -> used.stream().allMatch(IdleThreadsTest::waits));
            }
        }
        assertThat(used).hasSizeLessThan(5);
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.TERMINATED;
    }

    @Test
    void asManyTasksRunAtOnceAsThereAreThreadsAndTheOthersWait() {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        PoolLane pool = PoolLane.ofPlatformThreads(8); // ten threads
        try (TestEngine engine = TestEngine.builder((TestApplication) call -> TestApplication.text(call, "done"))
                .lane(LaneMode.POOL)
                .pool(pool)
                .start()) {
            engine.get("/");
            for (int i = 0; i < 100; i++) {
                pool.execute(engine.loops().all().get(0), new Task(() -> {
                    used.add(Thread.currentThread());
                    goOn.await();
                    return ran.incrementAndGet();
                }));
            }
            await().until(() -> used.size() == 10);
            goOn.countDown();
            await().until(() -> ran.get() == 100);
            assertThat(used).hasSize(10);
        }
    }

    /** A task that does not run is told to whoever hands it over: nobody else gives back what it holds. */
    @Test
    void aTaskForWhoseNameThereIsNoMemoryIsRefused() {
        PoolLane pool = PoolLane.ofPlatformThreads(8);
        try (TestEngine engine = TestEngine.builder((TestApplication) call -> TestApplication.text(call, "done"))
                .lane(LaneMode.POOL)
                .pool(pool)
                .start()) {
            engine.get("/");
            Task nameless = new Task(used::size, () -> {
                throw new OutOfMemoryError("planted by a test");
            });
            assertThatThrownBy(() -> pool.execute(engine.loops().all().get(0), nameless))
                    .isInstanceOf(OutOfMemoryError.class);
            assertThat(engine.get("/").body()).isEqualTo("done");
        }
    }

    private record Task(Callable<?> work, Supplier<String> name) implements LaneTask {
        Task(Callable<?> work) {
            this(work, () -> "task");
        }

        @Override
        public String label() {
            return name.get();
        }

        @Override
        public void run() {
            try {
                work.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void held(long nanos) {}

        @Override
        public void leavesLoop() {}
    }
}
