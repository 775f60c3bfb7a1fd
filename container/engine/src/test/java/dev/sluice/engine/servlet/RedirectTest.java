package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sendRedirect}: the Location is absolute, the status and the buffer are the caller's choice. */
class RedirectTest {

    private static RawResponse redirect(String location) {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/dir/*", (request, response) -> response.sendRedirect(location))
                .start()) {
            return app.send("GET /app/dir/x?q=1 HTTP/1.1\r\nHost: example.org:81\r\n\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "y, http://example.org:81/app/dir/y",
        "/y?a=b c, http://example.org:81/y?a=b c",
        "../y, http://example.org:81/app/y",
        "./y/../z#f, http://example.org:81/app/dir/z#f",
        "?a=b, http://example.org:81/app/dir/x?a=b",
        "//other/y, http://other/y",
        "https://other/../y, https://other/../y",
        "/y?next=http://a/../b, http://example.org:81/y?next=http://a/../b"
    })
    void locationIsAbsolute(String location, String expected) {
        RawResponse response = redirect(location);
        assertThat(response.status()).isEqualTo(302);
        assertThat(response.header("Location")).contains(expected);
    }

    @Test
    void aLocationAboveTheRootIsRefused() {
        assertThat(redirect("/../../y").status()).isEqualTo(500);
    }

    @Test
    void statusAndBufferAreTheCallersChoice() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/keep", (request, response) -> {
                    response.getWriter().print("kept");
                    response.sendRedirect("/y", 308, false);
                    response.getWriter().print("dropped");
                })
                .servlet("/clear", (request, response) -> {
                    response.getWriter().print("dropped");
                    response.sendRedirect("/y", 307);
                })
                .start()) {
            RawResponse keep = app.get("/app/keep");
            assertThat(keep.status()).isEqualTo(308);
            assertThat(keep.body()).isEqualTo("kept");
            RawResponse clear = app.get("/app/clear");
            assertThat(clear.status()).isEqualTo(307);
            assertThat(clear.body()).contains("href").doesNotContain("dropped");
        }
    }

    @Test
    void committedAfterwards() {
        try (TestWebApp app = TestWebApp.builder()
                .filter("/*", (request, response, chain) -> {
                    chain.doFilter(request, response);
                    assertThat(response.isCommitted()).isTrue();
                })
                .servlet("/x", (request, response) -> response.sendRedirect("/y"))
                .start()) {
            assertThat(app.get("/app/x").status()).isEqualTo(302);
        }
    }
}
