package dev.sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Requests, sweeps, changes of id and invalidations at the same time: every session ends exactly once. */
class ConcurrentSessionTest {
    @Test
    void everySessionEndsOnce() throws InterruptedException {
        long seed = System.nanoTime();
        System.out.println("ConcurrentSessionTest seed " + seed);
        SessionFixture fixture = new SessionFixture(SessionOptions.DEFAULT.withTimeout(Duration.ofSeconds(1)), null);
        AtomicInteger ended = new AtomicInteger();
        fixture.listeners.add(new HttpSessionListener() {
            @Override
            public void sessionDestroyed(HttpSessionEvent event) {
                ended.incrementAndGet();
            }
        });
        int threads = 4;
        CountDownLatch done = new CountDownLatch(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int t = 0; t < threads; t++) {
                Random random = new Random(seed + t);
                executor.execute(() -> {
                    try {
                        for (int i = 0; i < 2_000; i++) {
                            step(fixture, random);
                        }
                    } finally {
                        done.countDown();
                    }
                });
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            executor.shutdownNow();
        }
        fixture.clock.pass(Duration.ofHours(1));
        fixture.sessions.sweep();
        assertThat(fixture.sessions.all()).isEmpty();
        assertThat((long) ended.get()).isEqualTo(fixture.sessions.statistics().created());
    }

    /** Two changes that begin with the same id must leave one id behind. */
    @Test
    void idsChangedAtTheSameTimeLeaveNoStaleId() throws Exception {
        SessionFixture fixture = new SessionFixture(SessionOptions.DEFAULT, null);
        CountDownLatch joined = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        String id;
        try (RequestSession request = new RequestSession(fixture.sessions, (String) null, session -> {})) {
            id = request.orCreate(null).getId();
        }
        List<Thread> threads = List.of(changing(fixture, id, joined, go), changing(fixture, id, joined, go));
        assertThat(joined.await(60, TimeUnit.SECONDS)).isTrue();
        Session session = fixture.sessions.all().iterator().next();
        synchronized (session) {
            go.countDown();
            Awaitility.await()
                    .until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.BLOCKED));
        }
        for (Thread thread : threads) {
            thread.join(60_000);
        }

        assertThat(fixture.sessions.all()).hasSize(1);
    }

    private static Thread changing(SessionFixture fixture, String id, CountDownLatch joined, CountDownLatch go) {
        Thread thread = new Thread(() -> {
            try (RequestSession request = new RequestSession(fixture.sessions, id, session -> {})) {
                request.orCreate(null);
                joined.countDown();
                go.await();
                request.changeId();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return thread;
    }

    private static void step(SessionFixture fixture, Random random) {
        String id = fixture.sessions.all().stream()
                .skip(random.nextInt(3))
                .findFirst()
                .map(Session::getId)
                .orElse(null);
        try (RequestSession request = new RequestSession(fixture.sessions, id, session -> {})) {
            Session session = request.orCreate(null);
            switch (random.nextInt(6)) {
                case 0 -> session.invalidate();
                case 1 -> request.changeId();
                case 2 -> fixture.clock.pass(Duration.ofMillis(600));
                case 3 -> fixture.sessions.sweep();
                default -> session.setAttribute("n", random.nextInt());
            }
        } catch (IllegalStateException endedMeanwhile) {
            assertThat(endedMeanwhile).hasMessageContaining("ended");
        }
    }
}
