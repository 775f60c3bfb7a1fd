package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawResponse;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;

/** A session comes back with its cookie or in the URL (Servlet 6.1, 7). */
class SessionTest {

    private static TestWebApp app() {
        return TestWebApp.builder()
                .servlet("/count", (request, response) -> {
                    HttpSession session = request.getSession();
                    Integer count = (Integer) session.getAttribute("count");
                    session.setAttribute("count", count == null ? 1 : count + 1);
                    response.getWriter()
                            .print(session.getAttribute("count") + " " + session.isNew() + " "
                                    + request.isRequestedSessionIdFromURL());
                })
                .servlet("/url", (request, response) -> {
                    request.getSession();
                    response.getWriter().print(response.encodeURL("/app/count"));
                })
                .servlet("/change", (request, response) -> {
                    String before = request.getSession().getId();
                    String after = request.changeSessionId();
                    response.getWriter()
                            .print(!before.equals(after)
                                    && request.getSession().getId().equals(after));
                })
                .servlet("/late", (request, response) -> {
                    response.flushBuffer();
                    try {
                        request.getSession();
                    } catch (IllegalStateException expected) {
                        response.getWriter().print("too late");
                    }
                })
                .start();
    }

    private static String cookie(RawResponse response) {
        String header = response.header("Set-Cookie").orElseThrow();
        return header.substring(0, header.indexOf(';'));
    }

    private static RawResponse get(TestWebApp app, String target, String cookie) {
        return app.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + "\r\n\r\n");
    }

    @Test
    void byCookie() {
        try (TestWebApp app = app()) {
            RawResponse first = app.get("/app/count");
            assertThat(first.body()).isEqualTo("1 true false");
            assertThat(first.header("Set-Cookie"))
                    .hasValueSatisfying(header ->
                            assertThat(header).startsWith("JSESSIONID=").contains("Path=/app", "HttpOnly"));
            RawResponse second = get(app, "/app/count", cookie(first));
            assertThat(second.body()).isEqualTo("2 false false");
            assertThat(second.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void byUrl() {
        try (TestWebApp app = app()) {
            String url = app.get("/app/url").body();
            assertThat(url).startsWith("/app/count;jsessionid=");
            assertThat(app.get(url).body()).isEqualTo("1 false true");
        }
    }

    @Test
    void changedIdReachesTheClient() {
        try (TestWebApp app = app()) {
            RawResponse first = app.get("/app/count");
            RawResponse changed = get(app, "/app/change", cookie(first));
            assertThat(changed.body()).isEqualTo("true");
            assertThat(cookie(changed)).isNotEqualTo(cookie(first));
            assertThat(get(app, "/app/count", cookie(changed)).body()).startsWith("2 ");
            assertThat(get(app, "/app/count", cookie(first)).body()).startsWith("1 true");
        }
    }

    @Test
    void noSessionAfterTheCommit() {
        try (TestWebApp app = app()) {
            assertThat(app.get("/app/late").body()).isEqualTo("too late");
        }
    }
}
