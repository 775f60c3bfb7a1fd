package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.error.Refusals;
import dev.sluice.engine.http.MalformedBodyException;
import dev.sluice.engine.http.StalledBodyException;
import dev.sluice.engine.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A web application answers for a bad body as a handler does: 400, and the counter of failures of the application stays where it is. */
class BadBodyTest {
    private static TestWebApp app() {
        return TestWebApp.builder()
                .servlet(
                        "/read", (request, response) -> request.getInputStream().readAllBytes())
                .servlet("/wrap", (request, response) -> {
                    try {
                        request.getInputStream().readAllBytes();
                    } catch (IOException e) {
                        throw new IllegalStateException("cannot read", e);
                    }
                })
                .servlet("/form", (request, response) -> request.getParameter("a"))
                .start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/read", "/app/wrap", "/app/form"})
    void malformedChunks(String path) {
        try (TestWebApp app = app();
                RawClient client = app.engine().connect()) {
            client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n2\r\na=\r\nxyz\r\n");
            assertThat(client.response().status()).isEqualTo(400);
            assertThat(client.closed()).isTrue();
            assertThat(app.engine().gate().stats().mounts().get(0).crashed()).isZero();
        }
    }

    @Test
    void aBodyThatIsCutOff() throws IOException {
        try (TestWebApp app = app();
                RawClient client = app.engine().connect()) {
            client.send("POST /app/read HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
            await().until(() -> app.engine().gate().stats().inFlight() == 1);
            client.socket().shutdownOutput();
            client.rest();
            await().until(() -> app.engine().completed().size() == 1);
            assertThat(app.engine().completed().get(0).status()).isIn(0, 400);
            assertThat(app.engine().gate().stats().mounts().get(0).crashed()).isZero();
        }
    }

    @Test
    void theStatusOfWhatTheClientCaused() {
        assertThat(Refusals.status(new StalledBodyException(Duration.ofSeconds(1))))
                .isEqualTo(408);
        assertThat(Refusals.status(new IllegalStateException(new MalformedBodyException("x"))))
                .isEqualTo(400);
        assertThat(Refusals.status(new IOException("disk"))).isNull();
    }
}
