package dev.sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sentences of the Javadoc of {@code HttpSession} on attributes and on sessions that have ended. */
class SessionMethodsTest {
    private final SessionFixture fixture = new SessionFixture();

    private Session newSession() {
        return fixture.made();
    }

    interface Use {
        void of(HttpSession session);
    }

    private static Arguments row(String name, Use use) {
        return Arguments.of(Named.of(name, use));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                row("getCreationTime", HttpSession::getCreationTime),
                row("getLastAccessedTime", HttpSession::getLastAccessedTime),
                row("getAttribute", session -> session.getAttribute("a")),
                row("getAttributeNames", HttpSession::getAttributeNames),
                row("setAttribute", session -> session.setAttribute("a", 1)),
                row("setAttribute to null", session -> session.setAttribute("a", null)),
                row("removeAttribute", session -> session.removeAttribute("a")),
                row("invalidate", HttpSession::invalidate),
                row("isNew", HttpSession::isNew),
                row("getAccessor", HttpSession::getAccessor));
    }

    static Stream<Arguments> answered() {
        return Stream.of(
                row("getId", HttpSession::getId),
                row("getServletContext", HttpSession::getServletContext),
                row("setMaxInactiveInterval", session -> session.setMaxInactiveInterval(1)),
                row("getMaxInactiveInterval", HttpSession::getMaxInactiveInterval));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void ofAnInvalidatedSessionIsAnIllegalState(Use use) {
        Session session = newSession();
        session.invalidate();
        assertThatThrownBy(() -> use.of(session)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @MethodSource("answered")
    void ofAnInvalidatedSessionIsAnswered(Use use) {
        Session session = newSession();
        session.invalidate();
        assertThatCode(() -> use.of(session)).doesNotThrowAnyException();
    }

    @Test
    void attributesAreBoundReplacedAndUnbound() {
        List<String> calls = new ArrayList<>();
        Session session = newSession();
        session.setAttribute("a", bound(calls, "1"));
        session.setAttribute("a", bound(calls, "2"));
        assertThat(Collections.list(session.getAttributeNames())).containsExactly("a");
        session.setAttribute("a", null);
        assertThat(session.getAttribute("a")).isNull();
        session.removeAttribute("a");
        session.setAttribute("b", bound(calls, "3"));
        session.invalidate();
        assertThat(calls)
                .containsExactlyInAnyOrder("bound 1", "bound 2", "unbound 1", "unbound 2", "bound 3", "unbound 3");
        assertThat(calls.indexOf("bound 2")).isLessThan(calls.indexOf("unbound 2"));
    }

    private static HttpSessionBindingListener bound(List<String> calls, String name) {
        return new HttpSessionBindingListener() {
            @Override
            public void valueBound(HttpSessionBindingEvent event) {
                calls.add("bound " + name);
            }

            @Override
            public void valueUnbound(HttpSessionBindingEvent event) {
                calls.add("unbound " + name);
            }
        };
    }

    @Test
    void aNullNameIsRefused() {
        Session session = newSession();
        assertThatThrownBy(() -> session.setAttribute(null, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(session.getAttribute(null)).isNull();
        assertThatCode(() -> session.removeAttribute(null)).doesNotThrowAnyException();
    }

    @Test
    void anIntervalOfZeroOrLessIsKept() {
        Session session = newSession();
        session.setMaxInactiveInterval(0);
        assertThat(session.getMaxInactiveInterval()).isZero();
        session.setMaxInactiveInterval(-5);
        assertThat(session.getMaxInactiveInterval()).isEqualTo(-5);
    }
}
