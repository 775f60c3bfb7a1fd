package dev.sluice.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Handler;
import dev.sluice.api.Response;
import dev.sluice.api.StatusException;
import dev.sluice.engine.gate.Mount;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What happens when application code throws. */
class HandlerFailureTest {
    private final List<String> finished = new CopyOnWriteArrayList<>();

    private HandlerServer server(Handler handler) throws Exception {
        return HandlerServer.start(
                "",
                setup -> setup.get("/good", (request, context) -> Response.text("good"))
                        .route("*", "/", (request, context) -> {
                            context.onFinish((status, failure) ->
                                    finished.add(status + " " + (failure == null ? "" : failure.getMessage())));
                            return handler.handle(request, context);
                        }),
                builder -> builder.mount(options -> options.withDevelopment(false)));
    }

    @Test
    void anExceptionIsA500WithoutTheReason() throws Exception {
        try (HandlerServer server = server((request, context) -> {
            throw new IllegalStateException("secret");
        })) {
            RawResponse response = server.get("/");

            assertThat(response.status()).isEqualTo(500);
            assertThat(response.body()).doesNotContain("secret").doesNotContain("Exception");
            assertThat(server.get("/good").body()).isEqualTo("good");
            assertThat(finished).containsExactly("0 secret");
        }
    }

    @Test
    void anErrorFailsOneRequestAndMarksTheApplicationDegraded() throws Exception {
        try (HandlerServer server = server((request, context) -> {
            throw new StackOverflowError("asked to");
        })) {
            Mount mount = server.engine().gate().mounts().get(0);
            assertThat(mount.degraded()).isNull();
            assertThat(server.get("/").status()).isEqualTo(500);
            assertThat(server.get("/good").status()).isEqualTo(200);
            assertThat(mount.degraded()).isInstanceOf(StackOverflowError.class);
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsA500() throws Exception {
        try (HandlerServer server = server((request, context) -> null)) {
            assertThat(server.get("/").status()).isEqualTo(500);
        }
    }

    @Test
    void aStatusExceptionIsItsAnswer() throws Exception {
        try (HandlerServer server = server((request, context) -> {
            throw new StatusException(409, "taken");
        })) {
            RawResponse response = server.get("/");

            assertThat(response.status()).isEqualTo(409);
            assertThat(response.body()).isEqualTo("taken");
            Awaitility.await().untilAsserted(() -> assertThat(finished).containsExactly("409 "));
        }
    }

    @Test
    void aBodyThatFailsBeforeItsFirstByteIsA500() throws Exception {
        try (HandlerServer server = server((request, context) -> Response.writer("text/plain", out -> {
            out.write("not sent".getBytes());
            throw new IllegalStateException("asked to");
        }))) {
            assertThat(server.get("/").status()).isEqualTo(500);
        }
    }

    @Test
    void aBodyThatFailsLaterIsBrokenOff() throws Exception {
        try (HandlerServer server = server((request, context) -> Response.writer("text/plain", out -> {
                    out.write("sent".getBytes());
                    out.flush();
                    throw new IllegalStateException("asked to");
                }));
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(client.rest())
                    .startsWith("HTTP/1.1 200")
                    .contains("sent")
                    .doesNotContain("\r\n0\r\n");
            Awaitility.await().untilAsserted(() -> assertThat(finished).containsExactly("200 asked to"));
        }
    }

    @Test
    void aStatusExceptionInABodyThatHasNotBegunIsItsAnswer() throws Exception {
        try (HandlerServer server = server((request, context) -> Response.writer("text/plain", out -> {
            throw new StatusException(413, "too much");
        }))) {
            assertThat(server.get("/").status()).isEqualTo(413);
        }
    }
}
