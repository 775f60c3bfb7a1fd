package dev.sluice.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Response;
import dev.sluice.engine.testing.RawClient;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Bodies larger than any buffer, in both directions, at the pace of the slower side. */
class StreamingTest {
    private static final int SIZE = 50_000_000;

    @Test
    void aSlowReaderHoldsTheWriterBack() throws Exception {
        AtomicLong written = new AtomicLong();
        byte[] piece = new byte[10_000];
        try (HandlerServer server = HandlerServer.of((request, context) -> Response.writer("a/b", out -> {
                    for (int i = 0; i < SIZE / piece.length; i++) {
                        out.write(piece);
                        written.addAndGet(piece.length);
                    }
                }));
                RawClient client = server.connect()) {
            client.socket().setReceiveBufferSize(64 * 1024);
            client.send("GET / HTTP/1.0\r\n\r\n");
            long[] before = {-1};
            Awaitility.await().until(() -> {
                long now = written.get();
                boolean still = now > 0 && now == before[0];
                before[0] = now;
                return still;
            });
            assertThat(written.get()).isLessThan(SIZE / 2);

            assertThat(client.rest().length()).isGreaterThan(SIZE);
            assertThat(written).hasValue(SIZE);
        }
    }

    @Test
    void aSlowHandlerHoldsTheSenderBackAndGetsEveryByte() throws Exception {
        AtomicLong sent = new AtomicLong();
        java.util.concurrent.CountDownLatch read = new java.util.concurrent.CountDownLatch(1);
        byte[] piece = new byte[10_000];
        new Random(7).nextBytes(piece);
        CRC32 expected = new CRC32();
        for (int i = 0; i < SIZE / piece.length; i++) {
            expected.update(piece);
        }
        try (HandlerServer server = HandlerServer.start(
                        "",
                        setup -> setup.post("/", (request, context) -> {
                            read.await();
                            CRC32 crc = new CRC32();
                            InputStream in = request.body().stream();
                            byte[] buffer = new byte[8192];
                            for (int count; (count = in.read(buffer)) >= 0; ) {
                                crc.update(buffer, 0, count);
                            }
                            return Response.text(Long.toString(crc.getValue()));
                        }),
                        builder -> builder.http(dev.sluice.engine.http.HttpOptions.builder()
                                .maxBodySize(-1)
                                .build()));
                RawClient client = server.connect()) {
            Thread sender = new Thread(() -> send(client, piece, sent));
            sender.setDaemon(true);
            sender.start();
            long[] before = {-1};
            Awaitility.await().until(() -> {
                long now = sent.get();
                boolean still = now > 0 && now == before[0];
                before[0] = now;
                return still;
            });
            assertThat(sent.get()).isLessThan(SIZE / 2);
            read.countDown();

            assertThat(client.response().body()).isEqualTo(Long.toString(expected.getValue()));
        }
    }

    private static void send(RawClient client, byte[] piece, AtomicLong sent) {
        try {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + SIZE + "\r\n\r\n");
            OutputStream out = client.socket().getOutputStream();
            for (int i = 0; i < SIZE / piece.length; i++) {
                out.write(piece);
                sent.addAndGet(piece.length);
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aBodyCanBeSentBackWhileItComes() throws Exception {
        try (HandlerServer server = HandlerServer.of((request, context) -> {
                    InputStream in = request.body().stream();
                    return Response.writer("a/b", out -> {
                        for (int c; (c = in.read()) >= 0; ) {
                            out.write(c);
                            out.flush();
                        }
                    });
                });
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
            while (!client.line().isEmpty()) {
                assertThat(client.socket().isClosed()).isFalse();
            }
            assertThat(Integer.parseInt(client.line(), 16)).isEqualTo(1);
            assertThat(client.line()).isEqualTo("a");
            client.send("1\r\nb\r\n0\r\n\r\n");
            assertThat(Integer.parseInt(client.line(), 16)).isEqualTo(1);
            assertThat(client.line()).isEqualTo("b");
            assertThat(Integer.parseInt(client.line(), 16)).isZero();
        }
    }
}
