package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawClient;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A response that was begun and then failed in asynchronous mode is broken off: it never looks complete. */
class AsyncFailureAfterCommitTest {
    private static void fail(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext async = request.startAsync();
        async.setTimeout(60_000);
        if (!"uncommitted".equals(request.getQueryString())) {
            response.getOutputStream().print("part");
            response.flushBuffer();
        }
        switch (request.getRequestURI()) {
            case "/app/throw" -> throw new IllegalStateException("after startAsync");
            case "/app/timeout" -> async.setTimeout(50);
            default ->
                async.start(() -> {
                    throw new IllegalStateException("in AsyncContext.start");
                });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/throw", "/app/timeout", "/app/start"})
    void isBrokenOff(String path) {
        try (TestWebApp app = TestWebApp.builder()
                        .servlet("/*", AsyncFailureAfterCommitTest::fail)
                        .start();
                RawClient client = app.engine().connect()) {
            String all =
                    client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").rest();
            assertThat(all).contains("part").doesNotContain("\r\n0\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/throw", "/app/timeout", "/app/start"})
    void isAnErrorPageBeforeTheHeadWasSent(String path) {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/*", AsyncFailureAfterCommitTest::fail)
                .start()) {
            assertThat(app.get(path + "?uncommitted").status()).isEqualTo(500);
        }
    }
}
