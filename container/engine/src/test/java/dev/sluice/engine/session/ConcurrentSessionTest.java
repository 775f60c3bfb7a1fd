package dev.sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
