package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of the server and not of an application: {@code OPTIONS *} and {@code CONNECT} (RFC 9110, 9.3.6 and 9.3.7). */
class ServerWideRequestTest {
    private static final AtomicInteger APPLICATION = new AtomicInteger();
    private static TestEngine engine;

    @BeforeAll
    static void start() {
        engine = TestEngine.of(call -> {
            APPLICATION.incrementAndGet();
            TestApplication.text(call, "application");
        });
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @BeforeEach
    void reset() {
        APPLICATION.set(0);
    }

    @Test
    void optionsOfTheServer() {
        try (RawClient client = engine.connect()) {
            RawResponse response =
                    client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").response();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Allow")).isPresent();
            assertThat(response.header("Content-Length")).contains("0");
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                            .response()
                            .status())
                    .isEqualTo(200);
            assertThat(APPLICATION).hasValue(1);
        }
    }

    @Test
    void theAsteriskIsForOptionsOnly() {
        assertThat(engine.send("GET * HTTP/1.1\r\nHost: a\r\n\r\n").status()).isEqualTo(400);
        assertThat(APPLICATION).hasValue(0);
    }

    @Test
    void connectReachesNoApplication() {
        try (RawClient client = engine.connect()) {
            client.send("CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(501);
            assertThat(client.rest()).isEmpty();
            assertThat(APPLICATION).hasValue(0);
        }
    }
}
