package dev.sluice.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Body;
import dev.sluice.api.BodyWriter;
import dev.sluice.api.Headers;
import dev.sluice.api.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BodyClosedOnceTest {
    private final AtomicInteger closed = new AtomicInteger();

    private final class Closeable extends ByteArrayInputStream {
        Closeable() {
            super("content".getBytes());
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private final class Failing implements BodyWriter, AutoCloseable {
        @Override
        public void write(OutputStream out) throws IOException {
            throw new IOException("asked to");
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private Answer call(String method, Response response, long abortAfter) throws Exception {
        try (InMemory app = InMemory.start(setup -> setup.get("/", (request, context) -> response))) {
            return app.call(method, "/").abortAfter(abortAfter).send();
        }
    }

    @Test
    void whenItWasSent() throws Exception {
        assertThat(call("GET", Response.stream(new Closeable(), "text/plain"), 100)
                        .text())
                .isEqualTo("content");
        assertThat(closed).hasValue(1);
    }

    @Test
    void whenItIsNotSentBecauseOfHead() throws Exception {
        call("HEAD", Response.stream(new Closeable(), "text/plain"), 100);
        assertThat(closed).hasValue(1);
    }

    @Test
    void whenTheClientGoesAway() throws Exception {
        call("GET", Response.stream(new Closeable(), "text/plain"), 3);
        assertThat(closed).hasValue(1);
    }

    @Test
    void whenTheWriterFails() throws Exception {
        Response response = Response.of(200, Headers.of("Content-Type", "a/b"), new Body.Writer(new Failing()));

        assertThat(call("GET", response, 100).failure()).containsInstanceOf(IOException.class);
        assertThat(closed).hasValue(1);
    }
}
