package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A context path with characters that URLs encode (Servlet 6.1, {@code getContextPath}: the container does not decode it). */
class ContextPathSpellingTest {

    private static TestWebApp app(String contextPath) {
        return TestWebApp.builder()
                .contextPath(contextPath)
                .file("/index.html", "welcome")
                .servlet("/paths", (request, response) -> response.getWriter()
                        .print(request.getContextPath() + " "
                                + request.getServletContext().getContextPath() + " " + request.getServletPath() + " "
                                + request.getRequestURI()))
                .servlet("/session", (request, response) -> response.getWriter()
                        .print(request.getSession().isNew() + " "
                                + response.encodeURL(request.getContextPath() + "/x")))
                .servlet("/forward", (request, response) -> request.getRequestDispatcher("/paths")
                        .forward(request, response))
                .servlet("/async", (request, response) -> {
                    if (request.getAttribute("again") == null) {
                        request.setAttribute("again", true);
                        request.startAsync().dispatch();
                    } else {
                        response.getWriter().print("dispatched " + request.getServletPath());
                    }
                })
                .servlet("/redirect", (request, response) -> response.sendRedirect(request.getContextPath() + "/paths"))
                .servlet("/context", (request, response) -> response.getWriter()
                        .print(request.getServletContext()
                                == request.getServletContext().getContext(request.getContextPath())))
                .start();
    }

    @ParameterizedTest
    @CsvSource({"/a b, /a%20b", "/\u00f6, /%C3%B6", "/\u65e5/x, /%E6%97%A5/x", "/a+b, /a+b", "/a[1], /a%5B1%5D"})
    void isEncodedEverywhere(String contextPath, String encoded) {
        try (TestWebApp app = app(contextPath)) {
            assertThat(app.get(encoded + "/paths").body())
                    .isEqualTo(encoded + " " + encoded + " /paths " + encoded + "/paths");
            assertThat(app.get(encoded + "/forward").body())
                    .isEqualTo(encoded + " " + encoded + " /paths " + encoded + "/paths");
            assertThat(app.get(encoded + "/redirect").header("Location"))
                    .hasValueSatisfying(location -> assertThat(location).endsWith(encoded + "/paths"));
            assertThat(app.get(encoded).header("Location"))
                    .hasValueSatisfying(location -> assertThat(location).endsWith(encoded + "/"));
            assertThat(app.get(encoded + "/").body()).isEqualTo("welcome");
            assertThat(app.get(encoded + "/async").body()).isEqualTo("dispatched /async");
            assertThat(app.get(encoded + "/context").body()).isEqualTo("true");
        }
    }

    @ParameterizedTest
    @CsvSource({"/a b, /a%20b", "/\u00f6, /%C3%B6"})
    void sessionsAreKept(String contextPath, String encoded) {
        try (TestWebApp app = app(contextPath)) {
            RawResponse first = app.get(encoded + "/session");
            String cookie = first.header("Set-Cookie").orElseThrow();
            assertThat(cookie).contains("; Path=" + encoded);
            String id = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
            assertThat(first.body()).isEqualTo("true " + encoded + "/x;jsessionid=" + id);

            RawResponse second = app.send("GET " + encoded + "/session HTTP/1.1\r\nHost: localhost\r\nCookie: "
                    + cookie.substring(0, cookie.indexOf(';')) + "\r\n\r\n");

            assertThat(second.body()).isEqualTo("false " + encoded + "/x");
        }
    }

    @Test
    void isTheBeginningOfTheRequestUriWhateverTheClientsSpelling() {
        try (TestWebApp app = app("/shop")) {
            assertThat(app.get("/%73hop/paths").body()).isEqualTo("/%73hop /shop /paths /%73hop/paths");
            assertThat(app.get("/%73hop/async").body()).isEqualTo("dispatched /async");
            assertThat(app.get("//shop/paths").body()).isEqualTo("/shop /shop /paths //shop/paths");
            assertThat(app.get("//shop/async").body()).isEqualTo("dispatched /async");
            assertThat(app.get("/shop;a=b/paths").body()).isEqualTo("/shop /shop /paths /shop;a=b/paths");
            assertThat(app.get("/x/../shop/async").body()).isEqualTo("dispatched /async");
        }
    }
}
