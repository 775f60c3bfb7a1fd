package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import org.junit.jupiter.api.Test;

/** A request gets its response, and the connection stays for the next one. */
class HelloTest {
    @Test
    void answersWithLength() {
        try (TestEngine engine = TestEngine.of(call -> TestApplication.text(call, "hello"))) {
            RawResponse response = engine.get("/");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("hello");
            assertThat(response.header("Content-Length")).contains("5");
        }
    }

    @Test
    void keepsTheConnectionAndItsPipeline() {
        try (TestEngine engine = TestEngine.of(
                        call -> TestApplication.text(call, call.exchange().rawPath()));
                RawClient client = engine.connect()) {
            String request = "GET /%d HTTP/1.1\r\nHost: a\r\n\r\n";
            client.send(request.formatted(1) + request.formatted(2));
            assertThat(client.response().body()).isEqualTo("/1");
            assertThat(client.response().body()).isEqualTo("/2");
            assertThat(client.send(request.formatted(3)).response().body()).isEqualTo("/3");
        }
    }

    @Test
    void echoesABody() {
        try (TestEngine engine =
                TestEngine.of(call -> TestApplication.text(call, TestApplication.body(call.exchange())))) {
            assertThat(engine.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabcd")
                            .body())
                    .isEqualTo("abcd");
            assertThat(engine.send(
                                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n")
                            .body())
                    .isEqualTo("abcd");
        }
    }
}
