package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawResponse;
import org.junit.jupiter.api.Test;

/** A servlet answers a request; head and body have what they need. */
class HelloServletTest {

    @Test
    void writerHasLengthAndCharset() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/hello", (request, response) -> {
                    response.setContentType("text/plain");
                    response.getWriter().print("hello");
                })
                .start()) {
            RawResponse response = app.get("/app/hello");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("hello");
            assertThat(response.header("Content-Length")).contains("5");
            assertThat(response.header("Content-Type")).contains("text/plain;charset=ISO-8859-1");
        }
    }

    @Test
    void unknownPathIsNotFound() {
        try (TestWebApp app = TestWebApp.builder().start()) {
            assertThat(app.get("/app/none").status()).isEqualTo(404);
        }
    }

    @Test
    void staticFileIsServed() {
        try (TestWebApp app = TestWebApp.builder().file("/a.txt", "text").start()) {
            RawResponse response = app.get("/app/a.txt");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("text");
        }
    }

    @Test
    void contextPathWithoutSlashIsRedirected() {
        try (TestWebApp app = TestWebApp.builder().start()) {
            RawResponse response = app.get("/app?a=b");
            assertThat(response.status()).isEqualTo(302);
            assertThat(response.header("Location"))
                    .hasValueSatisfying(to -> assertThat(to).endsWith("/app/?a=b"));
        }
    }

    @Test
    void bodyLargerThanTheBufferIsChunked() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/large", (request, response) -> {
                    for (int i = 0; i < 10_000; i++) {
                        response.getWriter().print("0123456789");
                    }
                })
                .start()) {
            RawResponse response = app.get("/app/large");
            assertThat(response.header("Transfer-Encoding")).contains("chunked");
            assertThat(response.body()).hasSize(100_000);
        }
    }
}
