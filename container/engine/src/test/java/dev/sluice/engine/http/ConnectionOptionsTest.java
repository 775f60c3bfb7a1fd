package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Connection fields are one list (RFC 9110, 7.6.1), which decides whether the connection lives on. */
class ConnectionOptionsTest {
    private static TestEngine engine;

    @BeforeAll
    static void start() {
        engine = TestEngine.of(call -> TestApplication.text(
                call, "Upgrade: " + call.exchange().requestHeaders().first("Upgrade")));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: foo, close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: close, keep-alive\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive ,\tCLOSE\t,\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: foo\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\n",
                "GET / HTTP/1.0\r\nConnection: foo\r\n\r\n",
                "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n",
            })
    void ends(String request) {
        try (RawClient client = engine.connect()) {
            client.send(request);
            assertThat(client.response().header("Connection")).contains("close");
            assertThat(client.closed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: closed, foo\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n",
            })
    void goesOn(String request) {
        try (RawClient client = engine.connect()) {
            assertThat(client.send(request).response().header("Connection")).isEmpty();
            assertThat(client.send(request).response().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: keep-alive",
                "Connection: foo, Keep-Alive",
                "Connection: x\r\nConnection: keep-alive"
            })
    void http10GoesOnWhenAskedAndIsToldSo(String fields) {
        try (RawClient client = engine.connect()) {
            String request = "GET / HTTP/1.0\r\n" + fields + "\r\n\r\n";
            assertThat(client.send(request).response().header("Connection")).contains("keep-alive");
            assertThat(client.send(request).response().status()).isEqualTo(200);
        }
    }

    @Test
    void anUpgradeIsOneOfTheOptions() {
        String upgrade = "Host: a\r\nUpgrade: other\r\n";
        assertThat(engine.send("GET / HTTP/1.1\r\n" + upgrade + "\r\n").body()).isEqualTo("Upgrade: null");
        assertThat(engine.send("GET / HTTP/1.1\r\n" + upgrade + "Connection: keep-alive\r\n\r\n")
                        .body())
                .isEqualTo("Upgrade: null");
        assertThat(engine.send("GET / HTTP/1.0\r\n" + upgrade + "Connection: upgrade\r\n\r\n")
                        .body())
                .isEqualTo("Upgrade: null");
        assertThat(engine.send("GET / HTTP/1.1\r\n" + upgrade + "Connection: keep-alive, Upgrade\r\n\r\n")
                        .body())
                .isEqualTo("Upgrade: other");
    }

    @Test
    void h2cWithoutTheOptionIsNoUpgrade() {
        RawResponse response = engine.send(
                "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n");
        assertThat(response.status()).isEqualTo(200);
    }
}
