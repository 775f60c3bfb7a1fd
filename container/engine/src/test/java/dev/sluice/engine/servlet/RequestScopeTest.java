package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.descriptor.ErrorPage;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What surrounds a request: its listeners, its server name, its charset, the attributes of its errors (Servlet 6.1, 3, 10.9.1 and 11). */
class RequestScopeTest {

    private record Noting(String name, List<String> notes, boolean throwing) implements ServletRequestListener {
        @Override
        public void requestInitialized(ServletRequestEvent event) {
            notes.add("+" + name);
            if (throwing) {
                throw new IllegalStateException("listener " + name);
            }
        }

        @Override
        public void requestDestroyed(ServletRequestEvent event) {
            notes.add("-" + name);
        }
    }

    @Test
    void onlyListenersThatTookTheBeginningHearOfTheEnd() {
        List<String> notes = Collections.synchronizedList(new ArrayList<>());
        try (TestWebApp app = TestWebApp.builder()
                .setup(context -> {
                    context.addListener(new Noting("a", notes, false));
                    context.addListener(new Noting("b", notes, true));
                    context.addListener(new Noting("c", notes, false));
                })
                .servlet("/x", (request, response) -> notes.add("servlet"))
                .start()) {
            assertThat(app.get("/app/x").status()).isEqualTo(500);
        }
        assertThat(notes).containsExactly("+a", "+b", "-a");
    }

    @Test
    void theServerNameOfAnAddressHasItsBrackets() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/x", (request, response) -> response.getWriter()
                        .print(request.getServerName() + " " + request.getServerPort() + " " + request.getRequestURL()))
                .start()) {
            assertThat(app.send("GET /app/x HTTP/1.1\r\nHost: [::1]:81\r\n\r\n").body())
                    .isEqualTo("[::1] 81 http://[::1]:81/app/x");
            assertThat(app.send("GET /app/x HTTP/1.1\r\nHost: [::1]\r\n\r\n").body())
                    .isEqualTo("[::1] 80 http://[::1]/app/x");
        }
    }

    @Test
    void thereIsNoContextNameWithoutADisplayName() {
        try (TestWebApp app = TestWebApp.builder().start()) {
            assertThat(app.application().servletContext().getServletContextName())
                    .isNull();
        }
        try (TestWebApp app = TestWebApp.builder()
                .descriptor(builder -> builder.displayName("Shop"))
                .start()) {
            assertThat(app.application().servletContext().getServletContextName())
                    .isEqualTo("Shop");
        }
    }

    @Test
    void theMessageOfAnErrorIsSet() {
        try (TestWebApp app = TestWebApp.builder()
                .descriptor(builder -> builder.errorPages(List.of(new ErrorPage(null, null, "/error"))))
                .servlet("/error", (request, response) -> response.getWriter()
                        .print("[" + request.getAttribute(RequestDispatcher.ERROR_MESSAGE) + "]"))
                .servlet("/text", (request, response) -> response.sendError(409, "taken"))
                .servlet("/none", (request, response) -> response.sendError(409))
                .servlet("/thrown", (request, response) -> {
                    throw new IllegalStateException("broken");
                })
                .servlet("/silent", (request, response) -> {
                    throw new IllegalStateException();
                })
                .start()) {
            assertThat(app.get("/app/text").body()).isEqualTo("[taken]");
            assertThat(app.get("/app/none").body()).isEqualTo("[]");
            assertThat(app.get("/app/thrown").body()).isEqualTo("[broken]");
            assertThat(app.get("/app/silent").body()).isEqualTo("[]");
        }
    }

    @Test
    void charsetsOfTheConfigurationCountWhereNobodyNamesOne() {
        String form = "x=%E2%82%AC";
        String post =
                " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + form.length() + "\r\n\r\n" + form;
        TestWebApp.Code code = (request, response) -> {
            response.setContentType("text/plain");
            response.getWriter().print(request.getParameter("x") + request.getCharacterEncoding());
        };
        try (TestWebApp app = TestWebApp.builder()
                .options(options -> options.encodings(StandardCharsets.UTF_8, StandardCharsets.UTF_8))
                .servlet("/x", code)
                .start()) {
            var answer = app.send("POST /app/x" + post);
            assertThat(answer.header("Content-Type")).contains("text/plain;charset=UTF-8");
            assertThat(new String(answer.body().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                    .isEqualTo("\u20acUTF-8");
            assertThat(app.application().servletContext().getRequestCharacterEncoding())
                    .isEqualTo("UTF-8");
        }
        try (TestWebApp app = TestWebApp.builder()
                .options(options -> options.encodings(StandardCharsets.UTF_8, null))
                .descriptor(builder -> builder.requestCharacterEncoding("ISO-8859-1"))
                .servlet("/x", code)
                .start()) {
            assertThat(app.send("POST /app/x" + post).body()).endsWith("ISO-8859-1");
        }
    }

    @Test
    void cookieValuesOutsideAsciiGoThereAndBack() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet(
                        "/set",
                        (request, response) -> response.addCookie(new jakarta.servlet.http.Cookie("c", "\u00fc\u20ac")))
                .servlet("/get", (request, response) -> {
                    response.setCharacterEncoding("UTF-8");
                    response.getWriter().print(request.getCookies()[0].getValue());
                })
                .servlet("/session", (request, response) -> response.getWriter()
                        .print(request.getSession().isNew() + " " + request.isRequestedSessionIdValid()))
                .start()) {
            String line = app.get("/app/set").header("Set-Cookie").orElseThrow();
            String sent = line.split(";", 2)[0];
            assertThat(sent).isEqualTo("c=\u00c3\u00bc\u00e2\u0082\u00ac");
            String body = app.send("GET /app/get HTTP/1.1\r\nHost: localhost\r\nCookie: " + sent + "\r\n\r\n")
                    .body();
            assertThat(new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                    .isEqualTo("\u00fc\u20ac");
            for (String id : new String[] {"\u00fc", "\u00c3\u00bc", "\u00e2\u0082\u00ac", "a\u0080"}) {
                assertThat(app.send("GET /app/session HTTP/1.1\r\nHost: localhost\r\nCookie: JSESSIONID=" + id
                                        + "\r\n\r\n")
                                .body())
                        .as(id)
                        .isEqualTo("true false");
            }
        }
    }
}
