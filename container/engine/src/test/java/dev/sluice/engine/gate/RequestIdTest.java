package dev.sluice.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** X-Request-Id: taken if acceptable, otherwise made; echoed on every response. */
class RequestIdTest {
    private final TestEngine engine = TestEngine.of(call -> {
        if (call.exchange().rawPath().equals("/fail")) {
            throw new IllegalStateException("on purpose");
        }
        TestApplication.text(call, call.requestId());
    });

    @AfterEach
    void stop() {
        engine.close();
    }

    private RawResponse sendWith(String id) {
        return engine.send("GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: " + id + "\r\n\r\n");
    }

    @Test
    void takesTheClients() {
        RawResponse response = sendWith("abc-123_~!");
        assertThat(response.header("X-Request-Id")).contains("abc-123_~!");
        assertThat(response.body()).isEqualTo("abc-123_~!");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "with space", "\u00e9", "12345678901234567890123456789012345678901234567890123456789012345"})
    void makesOneInstead(String unacceptable) {
        assertThat(sendWith(unacceptable).header("X-Request-Id")).hasValueSatisfying(id -> assertThat(id)
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    }

    @Test
    void isOnErrorsToo() {
        RawResponse response = engine.send("GET /fail HTTP/1.1\r\nHost: a\r\nX-Request-Id: f1\r\n\r\n");
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.header("X-Request-Id")).contains("f1");
    }
}
