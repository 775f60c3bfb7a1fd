package dev.sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.servlet.SessionTrackingMode;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ids: unguessable, safe in URLs, and changed on demand (Servlet 6.1, 13.10). */
class SessionIdTest {
    private final SessionFixture fixture = new SessionFixture();

    @Test
    void has160BitsInTheAlphabetOfUrls() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            assertThat(ids.add(fixture.made().getId())).isTrue();
        }
        assertThat(ids).allMatch(id -> id.matches("[A-Za-z0-9_-]{27}"));
    }

    @Test
    void anIdThatTheClientMadeUpIsNotUsed() {
        try (RequestSession request = fixture.request("planted")) {
            assertThat(request.existing()).isNull();
            assertThat(request.orCreate(null).getId()).isNotEqualTo("planted");
            assertThat(request.requestedIdValid()).isFalse();
        }
    }

    @Test
    void theOldIdIsDeadAfterAChange() {
        Session session = fixture.made();
        String old = session.getId();
        session.setAttribute("a", "kept");
        try (RequestSession request = fixture.request(old)) {
            assertThat(request.changeId()).isNotEqualTo(old).isEqualTo(session.getId());
            assertThat(request.requestedIdValid()).isTrue();
        }
        assertThat(fixture.sessions.owns(old)).isFalse();
        try (RequestSession request = fixture.request(session.getId())) {
            assertThat(request.orCreate(null).getAttribute("a")).isEqualTo("kept");
        }
    }

    @Test
    void aChangeNeedsASession() {
        assertThatIllegalStateException().isThrownBy(() -> fixture.request(null).changeId());
    }

    /** Servlet 6.1, 7.3: one id, but an object of its own in each application. */
    @Test
    void anIdIsSharedWithOtherApplicationsOnlyByTheContainer() {
        SessionFixture other = new SessionFixture();
        Session session = fixture.made();
        try (RequestSession request = other.request(null)) {
            Session shared = request.orCreate(session.getId());
            assertThat(shared).isNotSameAs(session);
            assertThat(shared.getId()).isEqualTo(session.getId());
        }
    }

    /** Tracked by TLS the id is that of the TLS session, which neither a client nor a login changes. */
    @Test
    void theTlsSessionsId() {
        RequestedSession requested = new RequestedSession("tls", SessionTrackingMode.SSL);
        try (RequestSession request = new RequestSession(fixture.sessions, requested, session -> {})) {
            assertThat(request.orCreate(null).getId()).isEqualTo("tls");
            assertThat(request.changeId()).isEqualTo("tls");
        }
        try (RequestSession request = new RequestSession(fixture.sessions, requested, session -> {})) {
            assertThat(request.existing()).isNotNull();
            assertThat(request.requestedIdValid()).isTrue();
        }
    }
}
