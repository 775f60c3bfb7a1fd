package dev.sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.servlet.http.HttpSession;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an ended session still answers (Javadoc of HttpSession). */
class InvalidatedSessionTest {
    static java.util.stream.Stream<Consumer<HttpSession>> refused() {
        return java.util.stream.Stream.of(
                HttpSession::getCreationTime,
                HttpSession::getLastAccessedTime,
                session -> session.getAttribute("a"),
                HttpSession::getAttributeNames,
                session -> session.setAttribute("a", "b"),
                session -> session.setAttribute("a", null),
                session -> session.removeAttribute("a"),
                HttpSession::invalidate,
                HttpSession::isNew,
                HttpSession::getAccessor);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses(Consumer<HttpSession> call) {
        Session session = new SessionFixture().made();
        session.invalidate();
        assertThatIllegalStateException().isThrownBy(() -> call.accept(session));
    }

    @Test
    void stillAnswersTheRest() {
        Session session = new SessionFixture().made();
        String id = session.getId();
        session.invalidate();
        assertThat(session.getId()).isEqualTo(id);
        assertThatCode(session::getServletContext).doesNotThrowAnyException();
        assertThatCode(() -> session.setMaxInactiveInterval(5)).doesNotThrowAnyException();
        assertThat(session.getMaxInactiveInterval()).isEqualTo(5);
    }

    @Test
    void theNextGetSessionMakesAnother() {
        SessionFixture fixture = new SessionFixture();
        try (RequestSession request = fixture.request(null)) {
            Session first = request.orCreate(null);
            first.invalidate();
            assertThat(request.existing()).isNull();
            assertThat(request.orCreate(null)).isNotSameAs(first);
        }
        assertThat(fixture.sessions.statistics().live()).isEqualTo(1);
    }
}
