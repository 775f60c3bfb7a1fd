package dev.sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Servlet 6.1, 7.5. */
class SessionTimeoutTest {
    private final SessionFixture fixture =
            new SessionFixture(SessionOptions.DEFAULT.withTimeout(Duration.ofSeconds(60)), null);

    @Test
    void endsWhenIdleForLongEnough() {
        Session session = fixture.made();
        fixture.clock.pass(Duration.ofSeconds(59));
        fixture.sessions.sweep();
        assertThat(session.live()).isTrue();
        fixture.clock.pass(Duration.ofSeconds(1));
        fixture.sessions.sweep();
        assertThat(session.live()).isFalse();
        assertThat(fixture.sessions.statistics()).isEqualTo(new Sessions.Statistics(0, 1, 1, 0));
    }

    @Test
    void isNotFoundOnceItIsIdleForTooLongEvenBeforeTheSweep() {
        Session session = fixture.made();
        fixture.clock.pass(Duration.ofSeconds(60));
        assertThat(fixture.sessions.owns(session.getId())).isFalse();
        assertThat(fixture.request(session.getId()).existing()).isNull();
        assertThat(session.live()).isFalse();
    }

    @Test
    void aRequestThatUsesItKeepsItAlive() {
        try (RequestSession request = fixture.request(null)) {
            Session session = request.orCreate(null);
            fixture.clock.pass(Duration.ofHours(5));
            fixture.sessions.sweep();
            assertThat(session.live()).isTrue();
            assertThat(request.existing()).isSameAs(session);
        }
        fixture.clock.pass(Duration.ofSeconds(60));
        fixture.sessions.sweep();
        assertThat(fixture.sessions.all()).isEmpty();
    }

    @Test
    void zeroOrLessIsNever() {
        for (int interval : new int[] {0, -1}) {
            Session session = fixture.made();
            session.setMaxInactiveInterval(interval);
            fixture.clock.pass(Duration.ofDays(1000));
            fixture.sessions.sweep();
            assertThat(session.live()).as("interval %s", interval).isTrue();
        }
    }

    @Test
    void theSchedulerSweeps() {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        SessionFixture quick = new SessionFixture(
                new SessionOptions(Duration.ofSeconds(1), 0, Duration.ofMillis(5), true, null), null);
        AtomicReference<Thread> destroyer = new AtomicReference<>();
        AtomicReference<ClassLoader> loader = new AtomicReference<>();
        quick.listeners.add(new HttpSessionListener() {
            @Override
            public void sessionDestroyed(HttpSessionEvent event) {
                loader.set(Thread.currentThread().getContextClassLoader());
                destroyer.set(Thread.currentThread());
            }
        });
        try {
            quick.sessions.start(scheduler);
            quick.made();
            quick.clock.pass(Duration.ofSeconds(2));
            Awaitility.await().until(() -> quick.sessions.statistics().expired() == 1 && destroyer.get() != null);
            assertThat(loader.get()).isSameAs(SessionFixture.class.getClassLoader());
            assertThat(destroyer.get()).isNotSameAs(Thread.currentThread());
        } finally {
            quick.sessions.stop();
            scheduler.shutdownNow();
        }
    }

    @Test
    void aListenerThatFailsDoesNotStopTheSweep() {
        fixture.listeners.add(new HttpSessionListener() {
            @Override
            public void sessionDestroyed(HttpSessionEvent event) {
                throw new IllegalArgumentException("on purpose");
            }
        });
        fixture.made();
        fixture.made();
        fixture.clock.pass(Duration.ofSeconds(60));
        fixture.sessions.sweep();
        assertThat(fixture.sessions.all()).isEmpty();
    }
}
