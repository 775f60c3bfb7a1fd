package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Requests that are too large or too slow are answered and the connection closed. */
class RequestLimitsTest {
    private static TestEngine engine(UnaryOperator<HttpOptions.Builder> change) {
        TestApplication echo = call -> TestApplication.text(call, TestApplication.body(call.exchange()));
        return TestEngine.of(echo, change.apply(HttpOptions.builder()).build());
    }

    private static void closesWith(TestEngine engine, String request, int status) {
        try (RawClient client = engine.connect()) {
            RawResponse response = client.send(request).response();
            assertThat(response.status()).isEqualTo(status);
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void headTooLarge() {
        try (TestEngine engine = engine(options -> options.maxHeadSize(1024))) {
            closesWith(engine, "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(1000) + "\r\n\r\n", 431);
            assertThat(engine.get("/").status()).isEqualTo(200);
            await().until(() -> engine.listener().stats().oversized() == 1);
        }
    }

    @Test
    void tooManyFields() {
        try (TestEngine engine = engine(options -> options.maxHeaderCount(10))) {
            closesWith(engine, "GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(10) + "\r\n", 431);
        }
    }

    /** The parser keeps no more of one name. */
    @Test
    void tooManyFieldsOfOneName() {
        try (TestEngine engine = engine(options -> options.maxHeaderCount(1000))) {
            String others = "Y: z\r\n".repeat(100);
            closesWith(engine, "GET / HTTP/1.1\r\nHost: a\r\n" + others + "X: y\r\nx: y\r\n".repeat(64) + "\r\n", 431);
            assertThat(engine.send("GET / HTTP/1.1\r\nHost: a\r\n" + others + "X: y\r\n".repeat(127) + "\r\n")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void targetTooLong() {
        try (TestEngine engine = engine(options -> options.maxTargetLength(100))) {
            closesWith(engine, "GET /" + "x".repeat(100) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414);
        }
    }

    @Test
    void announcedBodyTooLarge() {
        try (TestEngine engine = engine(options -> options.maxBodySize(10))) {
            closesWith(engine, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n" + "x".repeat(11), 413);
        }
    }

    @Test
    void chunkedBodyTooLarge() {
        try (TestEngine engine = engine(options -> options.maxBodySize(10))) {
            String chunk = "8\r\n12345678\r\n";
            closesWith(
                    engine,
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk + "0\r\n\r\n",
                    413);
        }
    }

    @Test
    void announcedChunkTooLarge() {
        try (TestEngine engine = engine(options -> options.maxBodySize(10))) {
            closesWith(
                    engine,
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n123456\r\n5\r\n1",
                    413);
        }
    }

    /** What a request behind it announces is none of its business. */
    @Test
    void chunksOfAPipelinedRequestAreItsOwn() {
        try (TestEngine engine = engine(options -> options.maxBodySize(10));
                RawClient client = engine.connect()) {
            String head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
            client.send(head + "5\r\nfirst\r\n0\r\n\r\n" + head + "b\r\nsecond");
            assertThat(client.response().body()).isEqualTo("first");
            assertThat(client.response().status()).isEqualTo(413);
        }
    }

    @Test
    void largeBodyStillGetsItsAnswer() {
        try (TestEngine engine = engine(options -> options.maxBodySize(1000));
                RawClient client = engine.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n");
            client.send("x".repeat(200_000));
            assertThat(client.response().status()).isEqualTo(413);
        }
    }

    @Test
    void slowHead() {
        try (TestEngine engine = engine(options -> options.requestTimeout(Duration.ofMillis(100)))) {
            closesWith(engine, "GET / HTTP/1.1\r\nHost: a\r\n", 408);
            assertThat(engine.listener().stats().evicted()).isEqualTo(1);
        }
    }

    @Test
    void slowBody() {
        try (TestEngine engine = engine(options -> options.readTimeout(Duration.ofMillis(100)));
                RawClient client = engine.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
            assertThat(client.response().status()).isEqualTo(408);
            assertThat(client.closed()).isTrue();
        }
    }

    /** Each drop comes in time, but there are too few of them. */
    @Test
    void drippingBody() throws Exception {
        try (TestEngine engine = engine(
                        options -> options.readTimeout(Duration.ofMillis(500)).minBodyRate(1000));
                RawClient client = engine.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n");
            AtomicBoolean answered = new AtomicBoolean();
            Thread dripping = new Thread(() -> drip(client, answered));
            dripping.start();
            assertThat(client.response().status()).isEqualTo(408);
            answered.set(true);
            dripping.join();
            assertThat(client.closed()).isTrue();
        }
    }

    private static void drip(RawClient client, AtomicBoolean answered) {
        try {
            for (int i = 0; i < 100 && !answered.get(); i++) {
                client.send("x");
                Thread.sleep(50);
            }
        } catch (InterruptedException | UncheckedIOException e) {
            assertThat(answered).isTrue(); // the server does not take more of it
        }
    }

    @Test
    void aSteadyBodyMayTakeLongerThanTheGrace() throws Exception {
        try (TestEngine engine = engine(
                        options -> options.readTimeout(Duration.ofSeconds(2)).minBodyRate(100));
                RawClient client = engine.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
            for (int i = 0; i < 10; i++) {
                client.send("x".repeat(100));
                Thread.sleep(300);
            }
            assertThat(client.response().body()).hasSize(1000);
        }
    }

    @Test
    void idleConnection() {
        try (TestEngine engine = engine(options -> options.idleTimeout(Duration.ofSeconds(1)));
                RawClient silent = engine.connect();
                RawClient idle = engine.connect()) {
            assertThat(idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").response().status())
                    .isEqualTo(200);
            assertThat(idle.rest()).isEmpty();
            assertThat(silent.rest()).isEmpty();
        }
    }

    @Test
    void requestsPerConnection() {
        try (TestEngine engine = engine(options -> options.maxRequests(2));
                RawClient client = engine.connect()) {
            String get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
            assertThat(client.send(get).response().header("Connection")).isEmpty();
            assertThat(client.send(get).response().header("Connection")).contains("close");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void connectionsInAll() {
        try (TestEngine engine = engine(options -> options.maxConnections(1));
                RawClient first = engine.connect()) {
            assertThat(first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                            .response()
                            .status())
                    .isEqualTo(200);
            try (RawClient second = engine.connect()) {
                assertThat(second.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                                .response()
                                .status())
                        .isEqualTo(200);
            }
            assertThat(first.closed()).isTrue();
            assertThat(engine.listener().stats().evicted()).isEqualTo(1);
        }
    }

    @Test
    void connectionsOfOneClient() {
        try (TestEngine engine = engine(options -> options.maxConnectionsPerClient(1))) {
            try (RawClient first = engine.connect()) {
                assertThat(first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                                .response()
                                .status())
                        .isEqualTo(200);
                try (RawClient second = engine.connect()) {
                    assertThat(second.closed()).isTrue();
                }
            }
            await().until(() -> engine.listener().connections() == 0);
            assertThat(engine.get("/").status()).isEqualTo(200);
        }
    }
}
