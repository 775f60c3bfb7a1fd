package dev.sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servlet 6.1, 7.4, 11.3.3 and the Javadoc of HttpSession: who is told what, and in which order. */
class SessionListenerOrderTest {
    private final SessionFixture fixture = new SessionFixture();
    private final List<String> heard = fixture.heard;

    private final class Everything implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener {
        private final String name;

        Everything(String name) {
            this.name = name;
        }

        @Override
        public void sessionCreated(HttpSessionEvent event) {
            heard.add(name + " created");
        }

        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            heard.add(name + " destroyed, a=" + event.getSession().getAttribute("a"));
        }

        @Override
        public void attributeAdded(HttpSessionBindingEvent event) {
            heard.add(name + " added " + event.getValue());
        }

        @Override
        public void attributeRemoved(HttpSessionBindingEvent event) {
            heard.add(name + " removed " + event.getValue());
        }

        @Override
        public void attributeReplaced(HttpSessionBindingEvent event) {
            heard.add(name + " replaced " + event.getValue() + " by "
                    + event.getSession().getAttribute(event.getName()));
        }

        @Override
        public void sessionIdChanged(HttpSessionEvent event, String oldId) {
            heard.add(name + " id changed " + !event.getSession().getId().equals(oldId));
        }
    }

    private final class Value implements HttpSessionBindingListener {
        private final String name;

        Value(String name) {
            this.name = name;
        }

        @Override
        public void valueBound(HttpSessionBindingEvent event) {
            heard.add(name + " bound as " + event.getName());
        }

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            heard.add(name + " unbound");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeEach
    void listen() {
        fixture.listeners.add(new Everything("1"));
        fixture.listeners.add(new Everything("2"));
    }

    @Test
    void aLife() {
        Session session = fixture.made();
        session.setAttribute("a", new Value("x"));
        session.setAttribute("a", new Value("y"));
        session.removeAttribute("a");
        session.removeAttribute("a");
        assertThat(heard)
                .containsExactly(
                        "1 created",
                        "2 created",
                        "issued new",
                        "x bound as a",
                        "1 added x",
                        "2 added x",
                        "y bound as a",
                        "x unbound",
                        "1 replaced x by y",
                        "2 replaced x by y",
                        "y unbound",
                        "1 removed y",
                        "2 removed y");
    }

    @Test
    void theEndGoesBackwardsAndUnbindsAfterwards() {
        Session session = fixture.made();
        session.setAttribute("a", new Value("x"));
        heard.clear();
        session.invalidate();
        assertThat(heard)
                .containsExactly("2 destroyed, a=x", "1 destroyed, a=x", "x unbound", "1 removed x", "2 removed x");
    }

    @Test
    void nullRemoves() {
        Session session = fixture.made();
        session.setAttribute("a", "x");
        heard.clear();
        session.setAttribute("a", null);
        assertThat(heard).containsExactly("1 removed x", "2 removed x");
    }

    @Test
    void theSameValueAgainIsReplacedButNotBoundAgain() {
        Session session = fixture.made();
        Value value = new Value("x");
        session.setAttribute("a", value);
        heard.clear();
        session.setAttribute("a", value);
        assertThat(heard).containsExactly("1 replaced x by x", "2 replaced x by x");
    }

    @Test
    void aChangedIdIsTold() {
        try (RequestSession request = fixture.request(null)) {
            request.orCreate(null);
            heard.clear();
            request.changeId();
        }
        assertThat(heard).containsExactly("1 id changed true", "2 id changed true", "issued new");
    }

    @Test
    void aListenerThatFailsDoesNotKeepTheOthersFromHearingOfTheEnd() {
        fixture.listeners.add(new HttpSessionListener() {
            @Override
            public void sessionDestroyed(HttpSessionEvent event) {
                throw new IllegalArgumentException("on purpose");
            }
        });
        Session session = fixture.made();
        session.setAttribute("a", new Value("x"));
        heard.clear();
        assertThatIllegalArgumentException().isThrownBy(session::invalidate).withMessage("on purpose");
        assertThat(heard).contains("2 destroyed, a=x", "1 destroyed, a=x", "x unbound");
        assertThat(session.live()).isFalse();
    }

    @Test
    void invalidateInsideOfSessionDestroyedDoesNothing() {
        fixture.listeners.add(new HttpSessionListener() {
            @Override
            public void sessionDestroyed(HttpSessionEvent event) {
                heard.add("again");
                event.getSession().invalidate();
            }
        });
        fixture.made().invalidate();
        assertThat(heard.stream().filter("again"::equals)).hasSize(1);
    }
}
