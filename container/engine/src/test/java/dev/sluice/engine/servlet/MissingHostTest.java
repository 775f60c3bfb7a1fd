package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that names no host learns nothing of ours from a redirect. */
class MissingHostTest {
    private static TestWebApp app;

    @BeforeAll
    static void start() {
        app = TestWebApp.builder()
                .file("/dir/x.txt", "x")
                .servlet("/to/*", (request, response) -> response.sendRedirect(request.getQueryString()))
                .start();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/app, /app/",
        "/app/dir, /app/dir/",
        "/app/to/x?y, /app/to/y",
        "/app/to/x?/y, /y",
        "/app/to/x?/.//evil/y, /evil/y",
        "/app/to/x?http://other/y, http://other/y"
    })
    void aLocationIsAPath(String target, String location) {
        for (String head : new String[] {" HTTP/1.0\r\n\r\n", " HTTP/1.1\r\nHost:\r\n\r\n"}) {
            RawResponse response = app.send("GET " + target + head);
            assertThat(response.status()).as(target + head).isEqualTo(302);
            assertThat(response.header("Location")).as(target + head).contains(location);
            assertThat(response.body()).doesNotContain("127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET http://b/app HTTP/1.0\r\n\r\n", "GET /app HTTP/1.0\r\nHost: b\r\n\r\n"})
    void aNamedHostIsUsed(String request) {
        assertThat(app.send(request).header("Location")).contains("http://b/app/");
    }
}
