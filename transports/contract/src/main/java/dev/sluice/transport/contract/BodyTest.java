package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.contract.Wire.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies in both directions, with a length and chunked, small and large. RFC 9112, 6 and 7. */
@ExtendWith(TransportFixture.class)
public class BodyTest {
    private static final int LARGE = 3_000_001;

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/blocking-echo"})
    void chunkedRequestsComeBackWhole(String path, HttpUnderTest http) throws IOException {
        try (Wire wire = http.connect()) {
            wire.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            StringBuilder expected = new StringBuilder();
            for (int i = 1; i < 300; i++) {
                String chunk = "x".repeat(i);
                expected.append(chunk);
                wire.send(Integer.toHexString(i) + "\r\n" + chunk + "\r\n");
            }
            wire.send("0\r\n\r\n");
            assertThat(wire.reply().body()).isEqualTo(expected.toString());
            assertThat(wire.get("/hello").reply().body()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/blocking-echo"})
    void largeUploadsComeBackWhole(String path, HttpUnderTest http) throws Exception {
        byte[] body = new byte[LARGE];
        new Random(42).nextBytes(body);
        try (Wire wire = http.connect()) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    wire.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + LARGE + "\r\n\r\n");
                    wire.send(body);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            Reply reply = wire.reply();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.bytes()).hasSize(LARGE);
            assertThat(Arrays.equals(reply.bytes(), body)).isTrue();
            sending.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bytes/", "/blocking/", "/chunks/"})
    void largeAnswersAreExact(String path, HttpUnderTest http) throws IOException {
        try (Wire wire = http.connect()) {
            for (int count : new int[] {1, 1023, 16_384, 16_385, 200_000, LARGE}) {
                byte[] body = wire.get(path + count).reply().bytes();
                assertThat(body).hasSize(count);
                assertPattern(body);
            }
        }
    }

    private static void assertPattern(byte[] body) {
        for (int i = 0; i < body.length; i++) {
            if (body[i] != Resources.at(i)) {
                assertThat(body[i]).as("byte %d", i).isEqualTo(Resources.at(i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bytes/", "/blocking/"})
    void fiftyMegabytesToASlowReaderNeedNoMemory(String path, HttpUnderTest http) throws IOException {
        long size = 50L * 1024 * 1024;
        try (Wire wire = http.connect()) {
            wire.get(path + size);
            InputStream in = wire.socket().getInputStream();
            long left = size + headLength(in);
            byte[] some = new byte[256 * 1024];
            long written = 0;
            // Nothing is read for a while: the server must stop producing once the kernel's buffers are full.
            long before = -1;
            while (before != written) {
                before = written;
                java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
                written = http.transport().loops().stream()
                        .mapToLong(loop -> loop.counters().bytesWritten())
                        .sum();
            }
            assertThat(written).isLessThan(size / 2);
            left = size;
            while (left > 0) {
                int count = in.read(some);
                assertThat(count).isPositive();
                left -= count;
            }
            assertThat(left).isZero();
            assertThat(wire.get("/hello").reply().body()).isEqualTo("hello");
        }
    }

    private static long headLength(InputStream in) throws IOException {
        int matched = 0;
        long length = 0;
        while (matched < 4) {
            int next = in.read();
            assertThat(next).isNotNegative();
            length++;
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return length;
    }

    @Test
    @Tag("exact") // Undertow tries the interim response only once for a reader that does not block
    void continueIsSentBeforeTheBodyIsRead(HttpUnderTest http) throws IOException {
        try (Wire wire = http.connect()) {
            wire.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            Reply interim = wire.reply();
            assertThat(interim.status()).isEqualTo(100);
            assertThat(wire.send("body").reply().body()).isEqualTo("body");
        }
    }

    @Test
    void aClientThatEndsItsSideStillGetsTheAnswer(HttpUnderTest http) throws IOException {
        try (Wire wire = http.connect()) {
            wire.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nhalf");
            wire.socket().shutdownOutput();
            assertThat(wire.reply().body()).isEqualTo("half");
            assertThat(wire.closedByServer()).isTrue();
        }
    }

    @Test
    void upgradeHandsOverTheRawBytes(HttpUnderTest http) throws IOException {
        try (Wire wire = http.connect()) {
            wire.send("GET /upgrade HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
            assertThat(wire.reply().status()).isEqualTo(101);
            wire.send("raw\u0000bytes");
            assertThat(HttpUnderTest.text(wire.socket().getInputStream().readNBytes(9)))
                    .isEqualTo("raw\u0000bytes");
        }
    }
}
