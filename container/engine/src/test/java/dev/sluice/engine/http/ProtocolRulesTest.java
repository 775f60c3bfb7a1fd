package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.application.Call;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Framing of responses by method, status and version; 100-continue; trailers; upgrade. */
class ProtocolRulesTest {
    private static TestEngine engine;

    @BeforeAll
    static void start() {
        engine = TestEngine.of(ProtocolRulesTest::handle);
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static void handle(Call call) throws IOException {
        HttpExchange exchange = call.exchange();
        String path = exchange.rawPath();
        if (path.startsWith("/status/")) {
            exchange.status(Integer.parseInt(path.substring(8)));
        } else if (path.equals("/stream")) {
            write(exchange, "one ");
            exchange.responseBody().flush();
            write(exchange, "two");
        } else if (path.equals("/trailers")) {
            exchange.responseHeaders().set("Trailer", "X-Sum");
            exchange.responseTrailers(() -> new Headers().add("X-Sum", "7"));
            write(exchange, "body");
        } else if (path.equals("/echo")) {
            String body = TestApplication.body(exchange);
            String trailer = exchange.requestTrailers().first("X-In");
            TestApplication.text(call, body + (trailer == null ? "" : " " + trailer));
        } else if (path.equals("/upgrade")) {
            exchange.upgrade("echo", ProtocolRulesTest::echo);
        } else if (path.equals("/ignore")) {
            TestApplication.text(call, "ignored");
        } else {
            TestApplication.text(call, "hello");
        }
    }

    private static void write(HttpExchange exchange, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            if (exchange.responseBody().write(bytes) == 0) {
                exchange.responseBody().awaitWritable();
            }
        }
    }

    private static void echo(UpgradedConnection connection) {
        connection.onReadable(() -> {
            try {
                ByteBuffer bytes = ByteBuffer.allocate(100);
                int count = connection.read(bytes);
                if (count < 0) {
                    connection.close();
                    return;
                }
                connection.write(bytes.flip());
                connection.flush();
                echo(connection);
            } catch (IOException e) {
                connection.close();
            }
        });
    }

    @Test
    void headHasTheLengthAndNoBody() {
        try (RawClient client = engine.connect()) {
            RawResponse response =
                    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").response("HEAD ");
            assertThat(response.header("Content-Length")).contains("5");
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                            .response()
                            .body())
                    .isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void somethingWithoutBody(int status) {
        try (RawClient client = engine.connect()) {
            RawResponse response = client.send("GET /status/" + status + " HTTP/1.1\r\nHost: a\r\n\r\n")
                    .response();
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.header("Transfer-Encoding")).isEmpty();
            assertThat(response.header("Content-Length")).isEmpty();
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                            .response()
                            .body())
                    .isEqualTo("hello");
        }
    }

    @Test
    void nothingWrittenIsAnEmptyBody() {
        assertThat(engine.get("/status/404").header("Content-Length")).contains("0");
    }

    @Test
    void unknownLengthIsChunked() {
        RawResponse response = engine.get("/stream");
        assertThat(response.header("Transfer-Encoding")).contains("chunked");
        assertThat(response.body()).isEqualTo("one two");
    }

    @Test
    void http10GetsNoChunks() {
        try (RawClient client = engine.connect()) {
            String all = client.send("GET /stream HTTP/1.0\r\n\r\n").rest();
            assertThat(all).doesNotContainIgnoringCase("transfer-encoding").endsWith("\r\n\r\none two");
        }
    }

    @Test
    void http10KeepsAliveOnDemand() {
        try (RawClient client = engine.connect()) {
            String get = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
            assertThat(client.send(get).response().body()).isEqualTo("hello");
            assertThat(client.send(get).response().body()).isEqualTo("hello");
        }
    }

    @Test
    void closeIsHonoured() {
        try (RawClient client = engine.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            RawResponse response = client.response();
            assertThat(response.header("Connection")).contains("close");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void continueComesWithTheFirstRead() {
        try (RawClient client = engine.connect()) {
            client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(100);
            assertThat(client.send("ok").response().body()).isEqualTo("ok");
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                            .response()
                            .body())
                    .isEqualTo("hello");
        }
    }

    @Test
    void withoutAReadThereIsNoContinue() {
        try (RawClient client = engine.connect()) {
            client.send("POST /ignore HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.response().body()).isEqualTo("ignored");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void trailersGoBothWays() {
        assertThat(engine.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "2\r\nab\r\n0\r\nX-In: 9\r\n\r\n")
                        .body())
                .isEqualTo("ab 9");
        assertThat(engine.get("/trailers").body()).isEqualTo("body\ntrailer X-Sum: 7");
    }

    @Test
    void anUnreadBodyInThePipelineIsSkipped() {
        try (RawClient client = engine.connect()) {
            client.send(
                    "POST /ignore HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.response().body()).isEqualTo("ignored");
            assertThat(client.response().body()).isEqualTo("hello");
        }
    }

    @Test
    void anEndlessBodyThatNobodyReadsEndsTheConnection() {
        try (RawClient client = engine.connect()) {
            client.send("POST /ignore HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nabc");
            RawResponse response = client.response();
            assertThat(response.body()).isEqualTo("ignored");
            assertThat(response.header("Connection")).contains("close");
        }
    }

    @Test
    void anUpgradeHandsTheConnectionOver() throws IOException {
        try (RawClient client = engine.connect()) {
            client.send("GET /upgrade HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nearly\n");
            RawResponse response = client.response();
            assertThat(response.status()).isEqualTo(101);
            assertThat(response.header("Upgrade")).contains("echo");
            assertThat(client.line()).isEqualTo("early");
            assertThat(client.send("not HTTP\n").line()).isEqualTo("not HTTP");
        }
    }

    @Test
    void anUpgradeThatIsDeclinedStaysWithHttp() {
        try (RawClient client = engine.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n"
                    + "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.response().body()).isEqualTo("hello");
            assertThat(client.response().body()).isEqualTo("one two");
        }
    }
}
