package dev.sluice.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Body;
import dev.sluice.api.BodyWriter;
import dev.sluice.api.Handler;
import dev.sluice.api.Headers;
import dev.sluice.api.Response;
import dev.sluice.engine.testing.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A body is closed exactly once, whatever happens to the response. */
class BodyClosedOnceTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final AtomicInteger closed = new AtomicInteger();

    /** A stream without end, or of ten bytes. */
    private final class Source extends InputStream {
        private int left;

        Source(int left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left == 0 ? -1 : next();
        }

        private int next() {
            left -= left > 0 ? 1 : 0;
            return 'x';
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private final class Failing implements BodyWriter, AutoCloseable {
        @Override
        public void write(OutputStream out) throws IOException {
            out.write(new byte[100_000]);
            throw new IOException("asked to");
        }

        @Override
        public void close() {
            closed.incrementAndGet();
            throw new IllegalStateException("asked to fail while closing, too");
        }
    }

    private HandlerServer server(Handler handler) throws Exception {
        return server(handler, Duration.ZERO);
    }

    private HandlerServer server(Handler handler, Duration deadline) throws Exception {
        return HandlerServer.start(
                "",
                setup -> setup.get("/", handler),
                builder -> builder.mount(options -> options.withDeadline(deadline)));
    }

    private void closedOnce() {
        Awaitility.await().untilAsserted(() -> assertThat(closed).hasValue(1));
        Awaitility.await().during(Duration.ofMillis(50)).until(() -> closed.get() == 1);
    }

    @Test
    void whenItWasSent() throws Exception {
        try (HandlerServer server = server((r, c) -> Response.stream(new Source(10), "text/plain"))) {
            assertThat(server.get("/").body()).isEqualTo("xxxxxxxxxx");
            closedOnce();
        }
    }

    @Test
    void whenOnlyTheHeadWasAskedFor() throws Exception {
        try (HandlerServer server = server((r, c) -> Response.stream(new Source(-1), "text/plain"))) {
            assertThat(server.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").status())
                    .isEqualTo(200);
            closedOnce();
        }
    }

    @Test
    void whenTheStatusHasNoBody() throws Exception {
        try (HandlerServer server =
                server((r, c) -> Response.stream(new Source(-1), "text/plain").withStatus(304))) {
            assertThat(server.get("/").status()).isEqualTo(304);
            closedOnce();
        }
    }

    @Test
    void whenTheClientGoesAway() throws Exception {
        try (HandlerServer server = server((r, c) -> Response.stream(new Source(-1), "text/plain"))) {
            try (RawClient client = server.connect()) {
                client.send(GET);
                assertThat(client.line()).contains("200");
            }
            closedOnce();
        }
    }

    @Test
    void whenItFails() throws Exception {
        try (HandlerServer server = server(
                        (r, c) -> Response.of(200, Headers.of("Content-Type", "a/b"), new Body.Writer(new Failing())));
                RawClient client = server.connect()) {
            client.send(GET).rest();
            closedOnce();
        }
    }

    @Test
    void whenTheDeadlineAnsweredBefore() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (HandlerServer server = server(
                (r, c) -> {
                    answered.await();
                    return Response.stream(new Source(-1), "text/plain");
                },
                Duration.ofMillis(200))) {
            assertThat(server.get("/").status()).isEqualTo(504);
            assertThat(closed).hasValue(0);
            answered.countDown();
            closedOnce();
        }
    }

    @Test
    void whenAnUpgradeIsNotPossible() throws Exception {
        try (HandlerServer server = server((r, c) -> Response.webSocket(new dev.sluice.api.WebSocketListener() {})
                .withBody(new Body.Stream(new Source(-1), -1)))) {
            assertThat(server.get("/").status()).isEqualTo(426);
            closedOnce();
        }
    }
}
