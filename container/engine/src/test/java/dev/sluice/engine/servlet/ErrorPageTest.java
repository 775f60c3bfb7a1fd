package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.descriptor.ErrorPage;
import dev.sluice.engine.testing.RawResponse;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What answers a sendError or an exception (Servlet 6.1, 10.9). */
class ErrorPageTest {

    private static TestWebApp.Builder withPages() {
        return TestWebApp.builder()
                .descriptor(builder -> builder.errorPages(List.of(
                        new ErrorPage(404, null, "/error"),
                        new ErrorPage(null, IllegalStateException.class.getName(), "/error"))))
                .namedServlet(
                        "failing",
                        (request, response) -> {
                            throw new ServletException(new IllegalStateException("broken <b>"));
                        },
                        "/fails")
                .servlet("/missing", (request, response) -> {
                    response.getWriter().print("dropped");
                    response.setHeader("X-Kept", "yes");
                    response.sendError(404, "gone");
                    response.getWriter().print("dropped too");
                })
                .servlet("/error", (request, response) -> response.getWriter()
                        .print(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) + " "
                                + request.getAttribute(RequestDispatcher.ERROR_MESSAGE) + " "
                                + request.getAttribute(RequestDispatcher.ERROR_EXCEPTION_TYPE) + " "
                                + request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) + " "
                                + request.getAttribute(RequestDispatcher.ERROR_QUERY_STRING) + " "
                                + request.getAttribute(RequestDispatcher.ERROR_SERVLET_NAME) + " "
                                + request.getAttribute(RequestDispatcher.ERROR_METHOD) + " "
                                + request.getMethod() + " " + request.getDispatcherType() + " "
                                + request.getServletPath()));
    }

    @Test
    void pageForAnExceptionGetsItsAttributesByGet() {
        try (TestWebApp app = withPages().start()) {
            RawResponse response =
                    app.send("POST /app/fails?q=1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.body())
                    .isEqualTo("500 broken <b> class java.lang.IllegalStateException /app/fails q=1 failing POST"
                            + " GET ERROR /error");
        }
    }

    @Test
    void pageForAStatusKeepsHeadersAndDropsContent() {
        try (TestWebApp app = withPages().start()) {
            RawResponse response = app.get("/app/missing");
            assertThat(response.status()).isEqualTo(404);
            assertThat(response.header("X-Kept")).contains("yes");
            assertThat(response.body()).startsWith("404 gone null /app/missing");
        }
    }

    @Test
    void errorPageIsMadeAfterTheFiltersHaveReturned() {
        StringBuilder order = new StringBuilder();
        try (TestWebApp app = withPages()
                .filter("/missing", (request, response, chain) -> {
                    chain.doFilter(request, response);
                    order.append(response.isCommitted());
                })
                .start()) {
            assertThat(app.get("/app/missing").body()).startsWith("404");
            assertThat(order).hasToString("true");
        }
    }

    @Test
    void ownPageEscapesAndTellsNothingOfAnException() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/sent", (request, response) -> response.sendError(400, "<script>"))
                .servlet("/thrown", (request, response) -> {
                    throw new IllegalStateException("secret");
                })
                .start()) {
            assertThat(app.get("/app/sent").body()).contains("&lt;script&gt;").doesNotContain("<script>");
            RawResponse thrown = app.get("/app/thrown");
            assertThat(thrown.status()).isEqualTo(500);
            assertThat(thrown.body()).doesNotContain("secret", "IllegalStateException");
        }
    }

    @Test
    void aFailingErrorPageIsAnsweredWithOurOwn() {
        try (TestWebApp app = TestWebApp.builder()
                .descriptor(builder -> builder.errorPages(List.of(new ErrorPage(null, null, "/error"))))
                .servlet("/error", (request, response) -> {
                    throw new IllegalStateException("again");
                })
                .start()) {
            RawResponse response = app.get("/app/none");
            assertThat(response.status()).isEqualTo(500);
        }
    }

    @Test
    void unavailableForATimeAndForGood() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/time", (request, response) -> {
                    throw new UnavailableException("busy", 60);
                })
                .servlet("/good", (request, response) -> {
                    throw new UnavailableException("gone");
                })
                .start()) {
            assertThat(app.get("/app/time").header("Retry-After")).contains("60");
            assertThat(app.get("/app/time").status()).isEqualTo(503);
            assertThat(app.get("/app/good").status()).isEqualTo(404);
            assertThat(app.get("/app/good").status()).isEqualTo(404);
        }
    }
}
