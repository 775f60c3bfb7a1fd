package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.testing.BadClients;
import dev.sluice.engine.testing.LogRecords;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a client causes in a web application is logged at debug, and counted; its answers are those of a handler application. */
class ClientCausedLogTest {
    @Test
    void nothingAboveDebug() {
        try (TestWebApp app = TestWebApp.builder()
                        .servlet("/read", (request, response) -> request.getInputStream()
                                .readAllBytes())
                        .servlet("/write", (request, response) -> {
                            for (int i = 0; i < 100; i++) {
                                response.getOutputStream().write(new byte[10_000]);
                            }
                        })
                        .servlet("/cookies", (request, response) -> request.getCookies())
                        .http(HttpOptions.builder()
                                .readTimeout(Duration.ofMillis(500))
                                .maxBodySize(10 << 20)
                                .build())
                        .start();
                LogRecords log = new LogRecords()) {
            BadClients.comeAndGo(app.engine(), "/app");
            assertThat(log.lines()).isEmpty();
            assertThat(app.engine().listener().stats().malformed()).isGreaterThanOrEqualTo(8);
            assertThat(app.engine().listener().stats().disconnected()).isPositive();
            assertThat(app.engine().gate().stats().mounts().get(0).crashed()).isZero();
        }
    }
}
