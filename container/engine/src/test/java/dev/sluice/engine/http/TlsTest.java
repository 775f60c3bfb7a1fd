package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.lane.LaneMode;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTP/1.1 and HTTP/2 over TLS, from PEM and PKCS #12, with and without client certificates. */
class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path directory;

    private static KeyStore keys;
    private static Path pkcs12;
    private static Path certificate;

    private static final TestApplication DESCRIBE = call -> {
        Connection connection = call.exchange().connection();
        TestApplication.text(
                call,
                call.exchange().protocol() + " " + call.exchange().scheme() + " " + connection.keySize() + " "
                        + connection.peerCertificates().size() + " " + TestApplication.body(call.exchange()));
    };

    @BeforeAll
    static void makeKeys() throws Exception {
        pkcs12 = directory.resolve("keys.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process made = new ProcessBuilder(List.of(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "k",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        pkcs12.toString()))
                .inheritIO()
                .start();
        assertThat(made.waitFor()).isZero();
        keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(pkcs12)) {
            keys.load(in, PASSWORD);
        }
        certificate = pem("CERTIFICATE", keys.getCertificate("k").getEncoded());
    }

    private static Path pem(String kind, byte[] content) throws IOException {
        Path file = directory.resolve(kind.toLowerCase(Locale.ROOT).replace(' ', '-') + ".pem");
        return Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + kind + "-----\n");
    }

    private static HttpClient client(HttpClient.Version version, boolean withCertificate) throws Exception {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(context(withCertificate))
                .build();
    }

    private static SSLContext context(boolean withCertificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("k"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(withCertificate ? own.getKeyManagers() : null, trust.getTrustManagers(), null);
        return context;
    }

    private static String send(HttpClient client, TestEngine engine, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + engine.address().getPort() + "/"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void speaksTheVersionThatTheClientWants(HttpClient.Version version) throws Exception {
        Path key = pem("PRIVATE KEY", keys.getKey("k", PASSWORD).getEncoded());
        try (TestEngine engine = TestEngine.builder(DESCRIBE)
                .tls(Tls.pem(certificate, key, null))
                .start()) {
            HttpClient client = client(version, false);
            String protocol = version == HttpClient.Version.HTTP_2 ? "HTTP/2.0" : "HTTP/1.1";
            String large = "x".repeat(100_000);
            for (String body : List.of("a", "b", large)) {
                assertThat(send(client, engine, body)).isEqualTo(protocol + " https 256 0 " + body);
            }
        }
    }

    @Test
    void asksForClientCertificates() throws Exception {
        Tls tls = Tls.pkcs12(pkcs12, PASSWORD, certificate);
        try (TestEngine engine = TestEngine.builder(DESCRIBE).tls(tls).start()) {
            assertThat(send(client(HttpClient.Version.HTTP_1_1, true), engine, "c"))
                    .isEqualTo("HTTP/1.1 https 256 1 c");
            assertThat(send(client(HttpClient.Version.HTTP_1_1, false), engine, "n"))
                    .isEqualTo("HTTP/1.1 https 256 0 n");
        }
    }

    @Test
    void insistsOnClientCertificates() throws Exception {
        Tls tls = Tls.pkcs12(pkcs12, PASSWORD, certificate).withClientCertificates(Tls.ClientCertificates.NEEDED);
        try (TestEngine engine = TestEngine.builder(DESCRIBE).tls(tls).start()) {
            assertThat(send(client(HttpClient.Version.HTTP_2, true), engine, "c"))
                    .isEqualTo("HTTP/2.0 https 256 1 c");
            HttpClient without = client(HttpClient.Version.HTTP_2, false);
            assertThatThrownBy(() -> send(without, engine, "n")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void saysWhatIsWrongWithAKey() throws Exception {
        Path wrong = pem("RSA PRIVATE KEY", new byte[10]);
        assertThatThrownBy(() -> Tls.pem(certificate, wrong, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(wrong.toString())
                .hasMessageContaining("BEGIN PRIVATE KEY");
    }

    /** Also where code runs on other threads than the loop's, which TLS must not be read beside. */
    @ParameterizedTest
    @EnumSource(names = {"AUTO", "POOL"})
    void noticesThatTheClientGoesAway(LaneMode mode) throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        TestApplication waiting = call -> {
            call.onCancel(cancelled::countDown);
            cancelled.await();
        };
        Tls tls = Tls.pkcs12(pkcs12, PASSWORD, null);
        try (TestEngine engine = TestEngine.builder(waiting).lane(mode).tls(tls).start()) {
            try (Socket client = context(false)
                    .getSocketFactory()
                    .createSocket("127.0.0.1", engine.address().getPort())) {
                client.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                await().until(() -> engine.gate().stats().inFlight() == 1);
            }
            assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
            await().until(() -> engine.gate().activeRequests().isEmpty());
            await().until(() -> engine.listener().connections() == 0);
        }
    }
}
