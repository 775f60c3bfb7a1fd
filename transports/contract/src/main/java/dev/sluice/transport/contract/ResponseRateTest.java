package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.http.Tls;
import dev.sluice.transport.Transport;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that takes a response slower than the least rate loses it; one that is fast enough, or takes a stream, does not. */
@Timeout(120)
@Tag("exact") // a sink that takes nothing now and then makes the client wait
@ExtendWith(TransportFixture.class)
public class ResponseRateTest {
    private static final int DATA = 0;
    private static final int END_STREAM = 1;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_OF_HEAD_AND_STREAM = 5;
    private static final long ENDLESS = 10_000_000_000L;
    private static final int SIZE = 20_000_000;
    private static final long NOBODY_IS_SO_FAST = 1L << 50;

    private static HttpOptions least(long rate) {
        return HttpOptions.builder()
                .minResponseRate(rate)
                .rateGrace(Duration.ofMillis(50))
                .build();
    }

    private static void request(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** Takes what comes in small portions; how much came until the end, whatever the end is. */
    private static long take(Socket socket) throws IOException {
        byte[] portion = new byte[socket instanceof SSLSocket ? 1 : 256]; // encrypting is slower than taking
        InputStream in = socket.getInputStream();
        long taken = 0;
        try {
            for (int count = in.read(portion); count >= 0; count = in.read(portion)) {
                taken += count;
            }
        } catch (SocketException | SSLException e) {
            return taken; // reset
        }
        return taken;
    }

    private static void isBrokenOff(HttpUnderTest http, Socket socket, String path) throws IOException {
        request(socket, path);
        assertThat(take(socket)).isLessThan(ENDLESS);
        assertThat(http.stats().slow()).isEqualTo(1);
        await().until(() -> http.stats().open() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/blocking/", "/bytes/", "/chunks/"})
    void tooSlowOnHttp1(String path, Transport transport) throws IOException {
        try (HttpUnderTest http = new HttpUnderTest(transport, least(NOBODY_IS_SO_FAST));
                Wire wire = http.connect()) {
            isBrokenOff(http, wire.socket(), path + ENDLESS);
        }
    }

    @Test
    void tooSlowForFixedResponses(Transport transport) throws IOException {
        try (HttpUnderTest http = new HttpUnderTest(transport, least(NOBODY_IS_SO_FAST));
                Wire wire = http.connect()) {
            Thread asking = new Thread(() -> askFor(wire.socket(), "/large-fixed"));
            asking.start();
            take(wire.socket());
            await().until(() -> !asking.isAlive());
            assertThat(http.stats().slow()).isEqualTo(1);
        }
    }

    private static void askFor(Socket socket, String path) {
        byte[] requests = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .repeat(100)
                .getBytes(StandardCharsets.US_ASCII);
        try {
            while (true) {
                socket.getOutputStream().write(requests);
            }
        } catch (IOException e) {
            assertThat(e).isInstanceOf(SocketException.class); // the server has had enough
        }
    }

    @Test
    void fastEnough(Transport transport) throws IOException {
        try (HttpUnderTest http = new HttpUnderTest(transport, least(1000));
                Wire wire = http.connect()) {
            request(wire.socket(), "/blocking/" + SIZE);
            assertThat(take(wire.socket())).isGreaterThan(SIZE);
            assertThat(http.stats().slow()).isZero();
        }
    }

    @Test
    void aDeclaredStreamMayBeTakenSlowly(Transport transport) throws IOException {
        try (HttpUnderTest http = new HttpUnderTest(transport, least(NOBODY_IS_SO_FAST));
                Wire wire = http.connect()) {
            request(wire.socket(), "/events/" + SIZE);
            assertThat(take(wire.socket())).isGreaterThan(SIZE);
            assertThat(http.stats().slow()).isZero();
        }
    }

    @Test
    void anUpgradedConnectionMayBeTakenSlowly(Transport transport) throws IOException {
        try (HttpUnderTest http = new HttpUnderTest(transport, least(NOBODY_IS_SO_FAST));
                Wire wire = http.connect()) {
            wire.send("GET /upgrade HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
            assertThat(wire.reply().status()).isEqualTo(101);
            for (int i = 0; i < 1000; i++) {
                wire.send("hello");
                assertThat(wire.socket().getInputStream().readNBytes(5)).hasSize(5);
            }
            assertThat(http.stats().slow()).isZero();
        }
    }

    @Test
    void tooSlowOnTls(Transport transport, @TempDir Path directory) throws Exception {
        try (HttpUnderTest http = new HttpUnderTest(transport, least(NOBODY_IS_SO_FAST), keys(directory));
                Socket socket = trustingAnybody()
                        .getSocketFactory()
                        .createSocket(
                                http.address().getAddress(), http.address().getPort())) {
            isBrokenOff(http, socket, "/blocking/" + ENDLESS);
        }
    }

    private static Tls keys(Path directory) throws IOException, InterruptedException {
        Path file = directory.resolve("keys.p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "k",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(made.waitFor()).isZero();
        return Tls.pkcs12(file, "changeit".toCharArray(), null);
    }

    private static SSLContext trustingAnybody() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        return context;
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate @Nullable [] chain, @Nullable String type) {}

        @Override
        public void checkServerTrusted(X509Certificate @Nullable [] chain, @Nullable String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** A client of HTTP/2 that gives its stream one byte of window whenever it has taken one; whether the stream was reset. */
    private static boolean drip(HttpUnderTest http, String path) throws IOException {
        try (Wire wire = http.connect()) {
            wire.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            wire.send(frame(4, 0, 0, ByteBuffer.allocate(6).putShort((short) 4).putInt(1)));
            wire.send(frame(4, 1, 0, ByteBuffer.allocate(0)));
            wire.send(frame(HEADERS, END_OF_HEAD_AND_STREAM, 1, head(path)));
            DataInputStream in = new DataInputStream(wire.socket().getInputStream());
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                in.readInt();
                in.skipNBytes(length);
                if (type == RST_STREAM || type == DATA && flags == END_STREAM) {
                    return type == RST_STREAM;
                }
                if (type == DATA) {
                    wire.send(frame(WINDOW_UPDATE, 0, 1, ByteBuffer.allocate(4).putInt(1)));
                    wire.send(frame(WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(1)));
                }
            }
        }
    }

    private static byte[] frame(int type, int flags, int stream, ByteBuffer payload) {
        payload.flip();
        return ByteBuffer.allocate(9 + payload.remaining())
                .putInt(payload.remaining() << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** RFC 7541: indexed method GET and scheme http, literal path and authority. */
    private static ByteBuffer head(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(100)
                .put((byte) 0x82)
                .put((byte) 0x86)
                .put((byte) 0x04)
                .put((byte) bytes.length)
                .put(bytes)
                .put((byte) 0x01)
                .put((byte) 1)
                .put((byte) 'a');
    }

    @Test
    void tooSlowOnAStreamOfHttp2(Transport transport) throws IOException {
        try (HttpUnderTest http = new HttpUnderTest(transport, least(100_000_000))) {
            assertThat(drip(http, "/blocking/" + SIZE)).isTrue();
            assertThat(http.stats().slow()).isEqualTo(1);
        }
    }

    @Test
    void aDeclaredStreamOfHttp2MayBeTakenSlowly(Transport transport) throws IOException {
        try (HttpUnderTest http = new HttpUnderTest(transport, least(100_000_000))) {
            assertThat(drip(http, "/events/" + 5000)).isFalse();
            assertThat(http.stats().slow()).isZero();
        }
    }
}
