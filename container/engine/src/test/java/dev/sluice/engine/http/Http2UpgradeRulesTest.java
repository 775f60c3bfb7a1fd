package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The upgrade from HTTP/1.1 to HTTP/2 is off, and where it is on, a request must ask for it as RFC 7540, 3.2 says. */
@Timeout(60)
class Http2UpgradeRulesTest {
    private static final HttpOptions ALLOWED =
            HttpOptions.builder().http2Upgrade(true).build();
    private static final TestApplication PROTOCOL =
            call -> TestApplication.text(call, call.exchange().protocol());

    private static String statusLine(HttpOptions options, String request) throws IOException {
        try (TestEngine engine = TestEngine.of(PROTOCOL, options);
                RawClient client = engine.connect()) {
            return client.send(request).line();
        }
    }

    private static String get(String version, String fields) {
        return "GET / " + version + "\r\nHost: a\r\n" + fields.replace("|", "\r\n") + "\r\n\r\n";
    }

    @Test
    void isOffByDefault() throws Exception {
        assertThat(statusLine(
                        HttpOptions.defaults(),
                        get("HTTP/1.1", "Upgrade: h2c|Connection: Upgrade, HTTP2-Settings|HTTP2-Settings: AAMAAABk")))
                .isEqualTo("HTTP/1.1 200 OK");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "101 ! HTTP/1.1 ! Upgrade: h2c|Connection: Upgrade, HTTP2-Settings|HTTP2-Settings: AAMAAABk",
                "101 ! HTTP/1.1 ! Upgrade: foo, h2c|Connection: Upgrade|Connection: HTTP2-Settings|HTTP2-Settings: AAMAAABk",
                "400 ! HTTP/1.1 ! Upgrade: h2c|Connection: HTTP2-Settings|HTTP2-Settings: AAMAAABk",
                "400 ! HTTP/1.1 ! Upgrade: h2c|Connection: Upgrade|HTTP2-Settings: AAMAAABk",
                "400 ! HTTP/1.1 ! Upgrade: h2c|Connection: Upgrade, HTTP2-Settings",
                "400 ! HTTP/1.1 ! Upgrade: h2c|Connection: Upgrade, HTTP2-Settings|HTTP2-Settings: AAMAAABk|HTTP2-Settings: AAMAAABk",
                "400 ! HTTP/1.1 ! Upgrade: h2c|Connection: Upgrade, HTTP2-Settings|HTTP2-Settings: AAMAAA",
                "400 ! HTTP/1.1 ! Upgrade: h2c|Connection: Upgrade, HTTP2-Settings|HTTP2-Settings: ***",
                "400 ! HTTP/1.1 ! Upgrade: h2c|Connection: Upgrade, HTTP2-Settings|HTTP2-Settings: AAIAAAAC",
                "200 ! HTTP/1.0 ! Upgrade: h2c|Connection: Upgrade, HTTP2-Settings|HTTP2-Settings: AAMAAABk",
                "200 ! HTTP/1.1 ! Upgrade: h2|Connection: Upgrade, HTTP2-Settings|HTTP2-Settings: AAMAAABk"
            })
    void isStrict(String status, String version, String fields) throws Exception {
        assertThat(statusLine(ALLOWED, get(version, fields))).contains(" " + status + " ");
    }

    @Test
    void aPrefaceInTheMiddleOfAConnectionIsNone() throws Exception {
        assertThat(statusLine(HttpOptions.defaults(), get("HTTP/1.1", "x: y") + "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
                .isEqualTo("HTTP/1.1 200 OK");
        try (TestEngine engine = TestEngine.of(PROTOCOL);
                RawClient client = engine.connect()) {
            client.send(get("HTTP/1.1", "x: y") + "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(client.response().status()).isEqualTo(505);
            assertThat(client.closed()).isTrue();
        }
    }
}
