package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** HEAD has the head of GET; trailers go both ways (Servlet 6.1, 5.3 and {@code HttpServlet.doHead}). */
class HeadAndTrailersTest {

    @Test
    void headHasTheLengthOfGetAndNoBody() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/x", (request, response) -> response.getWriter().print("hello"))
                .start()) {
            RawResponse response = app.send("HEAD /app/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(response.header("Content-Length")).contains("5");
            assertThat(response.body()).isEmpty();
        }
    }

    @Test
    void trailersOfTheResponse() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/x", (request, response) -> {
                    response.setTrailerFields(() -> Map.of("X-Sum", "42"));
                    response.getWriter().print("text");
                })
                .start()) {
            assertThat(app.get("/app/x").body()).isEqualTo("text\ntrailer X-Sum: 42");
        }
    }

    @Test
    void trailersOfTheRequest() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/x", (request, response) -> {
                    response.getWriter().print(request.isTrailerFieldsReady());
                    request.getInputStream().readAllBytes();
                    response.getWriter().print(" " + request.isTrailerFieldsReady() + " " + request.getTrailerFields());
                })
                .start()) {
            assertThat(app.send("POST /app/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    + "2\r\nab\r\n0\r\nX-Sum: 42\r\n\r\n")
                            .body())
                    .endsWith("true {x-sum=42}");
        }
    }

    @Test
    void noContentHasNoLength() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/x", (request, response) -> response.setStatus(204))
                .start()) {
            RawResponse response = app.get("/app/x");
            assertThat(response.status()).isEqualTo(204);
            assertThat(response.header("Content-Length")).isEmpty();
        }
    }

    @Test
    void anEmptyAnswerHasLengthZero() {
        try (TestWebApp app =
                TestWebApp.builder().servlet("/x", (request, response) -> {}).start()) {
            assertThat(app.get("/app/x").header("Content-Length")).contains("0");
        }
    }
}
