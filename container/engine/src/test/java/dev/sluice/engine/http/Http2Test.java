package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** HTTP/2 without TLS: by upgrade, and by prior knowledge. */
class Http2Test {
    @Test
    void upgradesAndMultiplexes() throws Exception {
        TestApplication echo = call -> TestApplication.text(
                call,
                call.exchange().protocol() + " " + call.exchange().rawPath() + " "
                        + TestApplication.body(call.exchange()));
        try (TestEngine engine =
                TestEngine.of(echo, HttpOptions.builder().http2Upgrade(true).build())) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
            String base = "http://127.0.0.1:" + engine.address().getPort();
            HttpResponse<String> first = client.send(
                    HttpRequest.newBuilder(URI.create(base + "/first")).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(first.body()).isEqualTo("HTTP/2.0 /first ");
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                HttpRequest post = HttpRequest.newBuilder(URI.create(base + "/" + i))
                        .POST(HttpRequest.BodyPublishers.ofString("x".repeat(1000)))
                        .build();
                answers.add(client.sendAsync(post, HttpResponse.BodyHandlers.ofString())
                        .thenApply(HttpResponse::body));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(answers.get(i).get()).isEqualTo("HTTP/2.0 /" + i + " " + "x".repeat(1000));
            }
        }
    }

    @Test
    void aResetStreamCancelsItsRequest() throws IOException {
        AtomicBoolean cancelled = new AtomicBoolean();
        CountDownLatch release = new CountDownLatch(1);
        TestApplication waiting = call -> {
            call.onCancel(() -> cancelled.set(true));
            release.await();
        };
        try (TestEngine engine = TestEngine.of(waiting);
                RawClient client = engine.connect()) {
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, ""));
            // :method GET, :scheme http, :path /, :authority a
            client.send(frame(1, 5, 1, "\u0082\u0086\u0084A\u0001a"));
            await().until(() -> engine.gate().stats().inFlight() == 1);
            client.send(frame(3, 0, 1, "\0\0\0\u0008"));
            await().untilTrue(cancelled);
            release.countDown();
            await().until(() -> engine.gate().stats().inFlight() == 0);
            client.send(frame(6, 0, 0, "12345678"));
            DataInputStream in = new DataInputStream(client.socket().getInputStream());
            await().until(() -> readFrame(in).equals("6 12345678"));
        }
    }

    private static String frame(int type, int flags, int stream, String payload) {
        int length = payload.length();
        return "" + (char) (length >> 16) + (char) (length >> 8 & 0xff) + (char) (length & 0xff) + (char) type
                + (char) flags + "\0\0\0" + (char) stream + payload;
    }

    private static String readFrame(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        in.skipBytes(5);
        return type + " " + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }
}
