package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import dev.sluice.engine.testing.TestKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A TLS client may not hold a connection without a request, at whatever stage of the handshake it stops. */
class TlsHandshakeLimitsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir
    static Path directory;

    private static TestKeys keys;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = TestKeys.in(directory);
    }

    private static TestEngine engine(UnaryOperator<HttpOptions.Builder> limits) throws IOException {
        return TestEngine.builder(call -> TestApplication.text(call, "hello"))
                .http(limits.apply(HttpOptions.builder()).build())
                .tls(keys.server())
                .start();
    }

    private static SSLSocket connect(TestEngine engine, String... protocols) throws Exception {
        SSLSocket socket = (SSLSocket) keys.client()
                .getSocketFactory()
                .createSocket("127.0.0.1", engine.address().getPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static String get(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
        byte[] start = new byte[12];
        InputStream in = socket.getInputStream();
        return new String(start, 0, in.readNBytes(start, 0, start.length), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0016", "\u0016\u0003\u0001\u0001\u0000\u0001\u0000\u0000\u00fc\u0003\u0003"})
    void endsSilentAndHalfHandshakes(String sent) throws Exception {
        for (boolean http2 : new boolean[] {true, false}) {
            try (TestEngine engine = engine(options ->
                            options.requestTimeout(Duration.ofMillis(300)).http2(http2));
                    RawClient client = engine.connect()) {
                client.send(sent);
                assertThat(client.closed()).isTrue();
                await().until(() -> engine.listener().connections() == 0);
                assertThat(engine.listener().stats().evicted()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http/1.1", "http/1.0,http/1.1", ""})
    void endsIdleConnectionsBehindTheHandshake(String protocols) throws Exception {
        try (TestEngine engine = engine(
                        options -> options.requestTimeout(Duration.ofSeconds(1)).idleTimeout(Duration.ofSeconds(1)));
                SSLSocket client = connect(engine, protocols.isEmpty() ? new String[0] : protocols.split(","))) {
            client.startHandshake();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            await().until(() -> engine.listener().connections() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHandshakeThatHasEndedDoesNotCount(boolean http2) throws Exception {
        try (TestEngine engine =
                        engine(options -> options.maxHandshakesPerClient(1).http2(http2));
                SSLSocket first = connect(engine, "http/1.1")) {
            assertThat(get(first)).isEqualTo("HTTP/1.1 200");
            try (SSLSocket second = connect(engine, "http/1.1")) {
                assertThat(get(second)).isEqualTo("HTTP/1.1 200");
            }
            assertThat(engine.listener().stats().overLimit()).isZero();
        }
    }

    @Test
    void oneAddressHasOnlySoManyUnderWay() throws Exception {
        try (TestEngine engine = engine(options -> options.maxHandshakesPerClient(3))) {
            List<RawClient> silent = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                silent.add(engine.connect());
            }
            await().until(() -> engine.listener().connections() == 3);
            try (RawClient fourth = engine.connect()) {
                assertThat(fourth.closed()).isTrue();
            }
            assertThat(engine.listener().stats().overLimit()).isEqualTo(1);
            silent.forEach(RawClient::close);
            await().until(() -> engine.listener().connections() == 0);
            try (SSLSocket client = connect(engine)) {
                assertThat(get(client)).isEqualTo("HTTP/1.1 200");
            }
        }
    }

    @Test
    void silentOnesMakeRoom() throws Exception {
        try (TestEngine engine = engine(options -> options.maxConnections(2));
                RawClient longest = engine.connect();
                RawClient other = engine.connect()) {
            await().until(() -> engine.listener().connections() == 2);
            try (SSLSocket client = connect(engine)) {
                assertThat(get(client)).isEqualTo("HTTP/1.1 200");
                assertThat(longest.closed()).isTrue();
                assertThat(other.socket().isClosed()).isFalse();
            }
        }
    }

    @Test
    void clientsDoNotRenegotiate() throws Exception {
        try (TestEngine engine = engine(options -> options);
                SSLSocket client = connect(engine, "http/1.1")) {
            client.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThat(get(client)).isEqualTo("HTTP/1.1 200");
            client.startHandshake();
            await().until(() -> engine.listener().connections() == 0);
        }
    }

    @Test
    void resumedAndRepeatedHandshakesAreNone() throws Exception {
        try (TestEngine engine = engine(options -> options)) {
            for (String version : List.of("TLSv1.2", "TLSv1.3")) {
                var factory = keys.client().getSocketFactory();
                for (int i = 0; i < 3; i++) {
                    try (SSLSocket client = (SSLSocket)
                            factory.createSocket("127.0.0.1", engine.address().getPort())) {
                        client.setEnabledProtocols(new String[] {version});
                        assertThat(get(client)).isEqualTo("HTTP/1.1 200");
                    }
                }
            }
        }
    }

    @Test
    void speaksOnlyTheProtocolsAndSuitesThatItShould() throws Exception {
        Tls tls = keys.server()
                .withProtocols(List.of("TLSv1.2"))
                .withCipherSuites(List.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));
        try (TestEngine engine = TestEngine.builder(call -> TestApplication.text(call, "hello"))
                        .tls(tls)
                        .start();
                SSLSocket client = connect(engine);
                SSLSocket modern = connect(engine)) {
            assertThat(get(client)).isEqualTo("HTTP/1.1 200");
            assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.2");
            assertThat(client.getSession().getCipherSuite()).isEqualTo("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
            modern.setEnabledProtocols(new String[] {"TLSv1.3"});
            assertThatThrownBy(modern::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void unknownProtocolsAndSuitesAreNamed() throws Exception {
        assertThatThrownBy(() -> keys.server().withProtocols(List.of("TLSv9")))
                .hasMessageContaining("TLSv9")
                .hasMessageContaining("TLSv1.3");
        assertThatThrownBy(() -> keys.server().withProtocols(List.of())).hasMessageContaining("none");
        assertThatThrownBy(() -> keys.server().withCipherSuites(List.of("ROT13")))
                .hasMessageContaining("ROT13")
                .hasMessageContaining("TLS_AES_128_GCM_SHA256");
    }
}
