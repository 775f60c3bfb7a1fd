package dev.sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** isNew, the times, and access from outside of a request (Servlet 6.1, 7.6 and HttpSession.Accessor). */
class SessionAccessTest {
    private final SessionFixture fixture =
            new SessionFixture(SessionOptions.DEFAULT.withTimeout(Duration.ofSeconds(60)), null);

    @Test
    void isNewUntilTheClientJoins() {
        Session session = fixture.made();
        assertThat(session.isNew()).isTrue();
        try (RequestSession request = fixture.request(session.getId())) {
            assertThat(request.orCreate(null).isNew()).isFalse();
        }
    }

    @Test
    void theLastAccessIsThatOfTheRequestBefore() {
        long start = fixture.clock.millis();
        Session session = fixture.made();
        assertThat(session.getCreationTime()).isEqualTo(start);
        assertThat(session.getLastAccessedTime()).isEqualTo(start);
        fixture.clock.pass(Duration.ofSeconds(10));
        try (RequestSession request = fixture.request(session.getId())) {
            request.existing();
            session.setAttribute("a", "b");
            assertThat(session.getLastAccessedTime()).isEqualTo(start);
            fixture.clock.pass(Duration.ofSeconds(5));
        }
        assertThat(session.getLastAccessedTime()).isEqualTo(start + 10_000);
        fixture.clock.pass(Duration.ofSeconds(20));
        try (RequestSession request = fixture.request(session.getId())) {
            request.existing();
            assertThat(session.getLastAccessedTime()).isEqualTo(start + 10_000);
        }
    }

    @Test
    void anAccessorCountsAsARequest() {
        Session session = fixture.made();
        HttpSession.Accessor accessor = session.getAccessor();
        fixture.clock.pass(Duration.ofSeconds(59));
        accessor.access(same -> {
            assertThat(same.getId()).isEqualTo(session.getId());
            fixture.clock.pass(Duration.ofHours(1));
            fixture.sessions.sweep();
            same.setAttribute("a", "b");
        });
        fixture.clock.pass(Duration.ofSeconds(59));
        assertThat(fixture.sessions.owns(session.getId())).isTrue();
        fixture.clock.pass(Duration.ofSeconds(1));
        assertThatIllegalStateException().isThrownBy(() -> accessor.access(ended -> {}));
        assertThat(session.live()).isFalse();
    }

    @Test
    void anAccessorIsBoundToTheId() {
        Session session = fixture.made();
        HttpSession.Accessor accessor = session.getAccessor();
        try (RequestSession request = fixture.request(session.getId())) {
            request.existing();
            request.changeId();
        }
        assertThatIllegalStateException().isThrownBy(() -> accessor.access(other -> {}));
        session.getAccessor().access(same -> same.setAttribute("a", "b"));
        assertThat(session.getAttribute("a")).isEqualTo("b");
    }

    @Test
    void anAccessorOfAnEndedSessionRefuses() {
        Session session = fixture.made();
        HttpSession.Accessor accessor = session.getAccessor();
        session.invalidate();
        assertThatIllegalStateException().isThrownBy(() -> accessor.access(ended -> {}));
    }

    @Test
    void theLimitRefusesMore() {
        SessionFixture small = new SessionFixture(SessionOptions.DEFAULT.withMaxSessions(2), null);
        Session first = small.made();
        small.made();
        assertThatIllegalStateException().isThrownBy(small::made).withMessageContaining("sessions.max");
        assertThat(small.sessions.statistics().rejected()).isEqualTo(1);
        first.invalidate();
        small.made();
        assertThat(small.sessions.statistics().live()).isEqualTo(2);
    }

    @Test
    void endActionsRunOnce() {
        Session session = fixture.made();
        session.onEnd(() -> fixture.heard.add("end"));
        session.invalidate();
        session.onEnd(() -> fixture.heard.add("late"));
        assertThat(fixture.heard).containsExactly("issued new", "end", "late");
    }
}
