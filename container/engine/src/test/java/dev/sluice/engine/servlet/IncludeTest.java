package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawResponse;
import jakarta.servlet.RequestDispatcher;
import java.io.FileNotFoundException;
import org.junit.jupiter.api.Test;

/** Includes: attributes, paths, headers that have no effect, errors (Servlet 6.1, 9.3). */
class IncludeTest {

    @Test
    void pathsStayAndAttributesTellTheTarget() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/from", (request, response) -> {
                    response.getWriter().print("[");
                    request.getRequestDispatcher("/to/info?b=2").include(request, response);
                    response.getWriter()
                            .print("]" + request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI)
                                    + request.getParameter("b"));
                })
                .servlet("/to/*", (request, response) -> response.getWriter()
                        .print(request.getRequestURI() + " "
                                + request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) + " "
                                + request.getAttribute(RequestDispatcher.INCLUDE_CONTEXT_PATH) + " "
                                + request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH) + " "
                                + request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO) + " "
                                + request.getAttribute(RequestDispatcher.INCLUDE_QUERY_STRING) + " "
                                + request.getParameter("b") + " " + request.getDispatcherType()))
                .start()) {
            assertThat(app.get("/app/from").body())
                    .isEqualTo("[/app/from /app/to/info /app /to /info b=2 2 INCLUDE]nullnull");
        }
    }

    @Test
    void headersAndStatusOfTheTargetHaveNoEffect() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/from", (request, response) -> request.getRequestDispatcher("/to")
                        .include(request, response))
                .servlet("/to", (request, response) -> {
                    response.setHeader("X-Included", "yes");
                    response.setStatus(404);
                    response.sendError(500);
                    response.setContentType("text/xml");
                    response.getWriter().print("body");
                })
                .start()) {
            RawResponse response = app.get("/app/from");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("X-Included")).isEmpty();
            assertThat(response.header("Content-Type")).isEmpty();
            assertThat(response.body()).isEqualTo("body");
        }
    }

    @Test
    void aMissingFileIsAnExceptionForTheIncludingServlet() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/from", (request, response) -> {
                    try {
                        request.getRequestDispatcher("/none.txt").include(request, response);
                    } catch (FileNotFoundException expected) {
                        response.getWriter().print("not found");
                    }
                })
                .start()) {
            assertThat(app.get("/app/from").body()).isEqualTo("not found");
        }
    }

    @Test
    void aFileIsIncluded() {
        try (TestWebApp app = TestWebApp.builder()
                .file("/a.txt", "text")
                .servlet("/from", (request, response) -> {
                    response.getWriter().print("<");
                    request.getRequestDispatcher("/a.txt").include(request, response);
                    response.getWriter().print(">");
                })
                .start()) {
            assertThat(app.get("/app/from").body()).isEqualTo("<text>");
        }
    }
}
