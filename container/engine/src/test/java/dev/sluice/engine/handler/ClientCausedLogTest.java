package dev.sluice.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Response;
import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.testing.BadClients;
import dev.sluice.engine.testing.LogRecords;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a client causes in a handler application is logged at debug, and counted; its answers are those of a web application. */
class ClientCausedLogTest {
    @Test
    void nothingAboveDebug() throws Exception {
        HttpOptions options = HttpOptions.builder()
                .readTimeout(Duration.ofMillis(500))
                .maxBodySize(10 << 20)
                .build();
        try (HandlerServer server = HandlerServer.start(
                        "/app",
                        setup -> setup.post(
                                        "/read",
                                        (request, context) ->
                                                Response.bytes(request.body().bytes(), "a/b"))
                                .get(
                                        "/write",
                                        (request, context) ->
                                                Response.writer("a/b", out -> out.write(new byte[1_000_000])))
                                .get(
                                        "/cookies",
                                        (request, context) -> Response.text(
                                                String.valueOf(request.headers().first("Cookie")))),
                        options);
                LogRecords log = new LogRecords()) {
            BadClients.comeAndGo(server.engine(), "/app");
            assertThat(log.lines()).isEmpty();
            assertThat(server.engine().listener().stats().malformed()).isGreaterThanOrEqualTo(8);
            assertThat(server.engine().listener().stats().disconnected()).isPositive();
            assertThat(server.engine().gate().stats().mounts().get(0).crashed()).isZero();
        }
    }
}
