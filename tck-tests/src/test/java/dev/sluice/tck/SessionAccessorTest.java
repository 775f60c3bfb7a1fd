package dev.sluice.tck;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URL;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@link HttpSession.Accessor}: a session used from outside of a request. */
@ExtendWith(ArquillianExtension.class)
class SessionAccessorTest {

    @Deployment(testable = false)
    static WebArchive archive() {
        return Wire.war(SessionAccessorTest.class, Accessing.class);
    }

    @Test
    void theAccessorReachesTheLiveSession(@ArquillianResource URL base) throws Exception {
        String cookie = Wire.get(base, "session/create")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .split(";")[0];
        assertThat(Wire.get(base, "session/outside").body()).isEqualTo("set");
        assertThat(Wire.get(base, "session/read", "Cookie", cookie).body()).isEqualTo("from outside");
    }

    @Test
    void theAccessorOfAnEndedSessionThrows(@ArquillianResource URL base) throws Exception {
        String cookie = Wire.get(base, "session/create")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .split(";")[0];
        Wire.get(base, "session/end", "Cookie", cookie);
        assertThat(Wire.get(base, "session/outside").body()).isEqualTo("java.lang.IllegalStateException");
    }

    @WebServlet("/session/*")
    public static class Accessing extends HttpServlet {
        private final AtomicReference<HttpSession.Accessor> accessor = new AtomicReference<>();

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter()
                    .print(
                            switch (request.getPathInfo()) {
                                case "/create" -> create(request.getSession());
                                case "/end" -> end(request.getSession());
                                case "/read" ->
                                    String.valueOf(request.getSession().getAttribute("key"));
                                default -> outside();
                            });
        }

        private String create(HttpSession session) {
            accessor.set(session.getAccessor());
            return "created";
        }

        private static String end(HttpSession session) {
            session.invalidate();
            return "ended";
        }

        private String outside() {
            try {
                accessor.get().access(session -> session.setAttribute("key", "from outside"));
                return "set";
            } catch (IllegalStateException ended) {
                return ended.getClass().getName();
            }
        }
    }
}
