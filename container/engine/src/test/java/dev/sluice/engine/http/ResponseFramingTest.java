package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.application.Call;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client can tell a whole response from a broken one, and a HEAD has the length of the GET or none. */
class ResponseFramingTest {
    private static TestEngine engine;

    @BeforeAll
    static void start() {
        engine = TestEngine.of(ResponseFramingTest::handle);
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static void handle(Call call) throws IOException {
        HttpExchange exchange = call.exchange();
        if (exchange.rawPath().equals("/nothing")) {
            return;
        }
        if (exchange.rawPath().equals("/says-close")) {
            exchange.responseHeaders().set("Connection", "close");
        }
        exchange.responseBody().write(ByteBuffer.wrap("part".getBytes(StandardCharsets.UTF_8)));
        exchange.responseBody().flush();
        if (exchange.rawPath().equals("/fails")) {
            throw new IllegalStateException("half way");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /whole HTTP/1.1\r\nConnection: close\r\n", "GET /says-close HTTP/1.1\r\n"})
    void anUnknownLengthIsChunkedThoughTheConnectionEnds(String request) {
        try (RawClient client = engine.connect()) {
            RawResponse response = client.send(request + "Host: a\r\n\r\n").response();
            assertThat(response.header("Transfer-Encoding")).contains("chunked");
            assertThat(response.header("Connection")).contains("close");
            assertThat(response.body()).isEqualTo("part");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void aFailureHalfWayIsSeen() {
        try (RawClient client = engine.connect()) {
            String all = client.send("GET /fails HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .rest();
            assertThat(all).contains("part").doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void anEmptyResponseHasItsLength() {
        RawResponse response = engine.send("GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(response.header("Content-Length")).contains("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/whole", "/nothing"})
    void aHeadWithoutLengthSaysNone(String path) {
        try (RawClient client = engine.connect()) {
            RawResponse response =
                    client.send("HEAD " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").response("HEAD ");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Content-Length")).isEmpty();
            assertThat(client.send("GET /whole HTTP/1.1\r\nHost: a\r\n\r\n")
                            .response()
                            .body())
                    .isEqualTo("part");
        }
    }
}
