package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Forwards: paths, attributes, parameters, buffer and what comes after (Servlet 6.1, 9.4). */
class ForwardTest {

    private static void showPaths(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter()
                .print(request.getRequestURI() + " " + request.getContextPath() + " " + request.getServletPath() + " "
                        + request.getPathInfo() + " " + request.getQueryString() + " " + request.getDispatcherType()
                        + " " + request.getHttpServletMapping().getPattern());
    }

    @Test
    void pathsAreThoseOfTheTarget() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/from", (request, response) -> request.getRequestDispatcher("/to/info?b=2")
                        .forward(request, response))
                .servlet("/to/*", ForwardTest::showPaths)
                .start()) {
            assertThat(app.get("/app/from?a=1").body()).isEqualTo("/app/to/info /app /to /info b=2 FORWARD /to/*");
        }
    }

    @Test
    void attributesAreThoseOfTheFirstRequest() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/one/*", (request, response) -> request.getRequestDispatcher("/two")
                        .forward(request, response))
                .servlet("/two", (request, response) -> request.getRequestDispatcher("/three")
                        .forward(request, response))
                .servlet("/three", (request, response) -> response.getWriter()
                        .print(request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) + " "
                                + request.getAttribute(RequestDispatcher.FORWARD_SERVLET_PATH) + " "
                                + request.getAttribute(RequestDispatcher.FORWARD_PATH_INFO) + " "
                                + request.getAttribute(RequestDispatcher.FORWARD_QUERY_STRING)))
                .start()) {
            assertThat(app.get("/app/one/x?q=1").body()).isEqualTo("/app/one/x /one /x q=1");
        }
    }

    @Test
    void namedTargetKeepsThePathsAndHasNoAttributes() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/from", (request, response) -> request.getServletContext()
                        .getNamedDispatcher("named")
                        .forward(request, response))
                .namedServlet("named", (request, response) -> response.getWriter()
                        .print(request.getServletPath() + " "
                                + request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI)))
                .start()) {
            assertThat(app.get("/app/from").body()).isEqualTo("/from null");
        }
    }

    @Test
    void parametersOfTheDispatchComeFirstAndGoAgain() {
        // The forward completes the response, so the client may have it before the servlet goes on.
        CompletableFuture<String> after = new CompletableFuture<>();
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/from", (request, response) -> {
                    request.getRequestDispatcher("/to?a=2").forward(request, response);
                    after.complete(String.join(",", request.getParameterValues("a")));
                })
                .servlet("/to", (request, response) -> response.getWriter()
                        .print(String.join(",", request.getParameterValues("a"))))
                .start()) {
            assertThat(app.get("/app/from?a=1").body()).isEqualTo("2,1");
            assertThat(after).succeedsWithin(Duration.ofSeconds(60)).isEqualTo("1");
        }
    }

    @Test
    void whatWasBufferedIsClearedAndWhatIsWrittenAfterwardsDropped() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/from", (request, response) -> {
                    response.getWriter().print("before");
                    request.getRequestDispatcher("/to").forward(request, response);
                    response.getWriter().print("after");
                })
                .servlet("/to", (request, response) -> response.getWriter().print("target"))
                .start()) {
            assertThat(app.get("/app/from").body()).isEqualTo("target");
        }
    }

    @Test
    void forwardAfterTheCommitIsIllegal() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/from", (request, response) -> {
                    response.getWriter().print("x");
                    response.flushBuffer();
                    try {
                        request.getRequestDispatcher("/to").forward(request, response);
                    } catch (IllegalStateException expected) {
                        response.getWriter().print("illegal");
                    }
                })
                .servlet("/to", (request, response) -> {})
                .start()) {
            assertThat(app.get("/app/from").body()).isEqualTo("xillegal");
        }
    }

    @Test
    void theTargetSeesTheWrapperItself() {
        HttpServletRequest[] passed = new HttpServletRequest[2];
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/from", (request, response) -> {
                    passed[0] = new HttpServletRequestWrapper(request);
                    request.getRequestDispatcher("/to").forward(passed[0], response);
                })
                .servlet("/to", (request, response) -> passed[1] = request)
                .start()) {
            app.get("/app/from");
            assertThat(passed[1]).isSameAs(passed[0]);
        }
    }

    @Test
    void relativePathIsThatOfTheServletPath() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/garden/tools", (request, response) -> request.getRequestDispatcher("header")
                        .forward(request, response))
                .servlet("/garden/header", ForwardTest::showPaths)
                .start()) {
            assertThat(app.get("/app/garden/tools").body()).startsWith("/app/garden/header");
        }
    }
}
