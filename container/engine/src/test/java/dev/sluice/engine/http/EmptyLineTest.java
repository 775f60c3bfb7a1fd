package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.FixedApplication;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One empty line in front of a request line is skipped (RFC 9112, 2.2), a second one is not. */
class EmptyLineTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final TestApplication ECHO = call -> {
        TestApplication.text(call, "got " + TestApplication.body(call.exchange()));
    };

    @Test
    void beforeTheFirstAndBetweenRequests() {
        try (TestEngine engine = TestEngine.of(ECHO);
                RawClient client = engine.connect()) {
            client.send("\r\n" + GET + "\r\n" + GET);
            client.send("\r\nPOST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab\r\n");
            client.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nc\r\n0\r\n\r\n\r\n" + GET);
            assertThat(client.response().body()).isEqualTo("got ");
            assertThat(client.response().body()).isEqualTo("got ");
            assertThat(client.response().body()).isEqualTo("got ab");
            assertThat(client.response().body()).isEqualTo("got c");
            assertThat(client.response().body()).isEqualTo("got ");
        }
    }

    @Test
    void byteByByte() {
        try (TestEngine engine = TestEngine.of(ECHO);
                RawClient client = engine.connect()) {
            for (int round = 0; round < 2; round++) {
                for (char c : ("\r\n" + GET).toCharArray()) {
                    client.send(String.valueOf(c));
                }
                assertThat(client.response().body()).isEqualTo("got ");
            }
        }
    }

    @Test
    void behindAFixedResponse() {
        try (TestEngine engine = TestEngine.of(FixedApplication.at("").with("/", "fixed"));
                RawClient client = engine.connect()) {
            client.send(GET + "\r\n" + GET + "\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.response().body()).isEqualTo("fixed");
            assertThat(client.response().body()).isEqualTo("fixed");
            assertThat(client.response().body()).startsWith("normal");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n\r\n", "\r\r\n", "\n", "\rG", "\r\n\r\n\r\n"})
    void anythingElseIsRefused(String before) {
        try (TestEngine engine = TestEngine.of(ECHO);
                RawClient client = engine.connect()) {
            client.send(before + GET);
            assertThat(client.response().status()).isEqualTo(400);
            assertThat(client.rest()).isEmpty();
        }
    }
}
