package dev.sluice.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.observe.CompletedRequest;
import dev.sluice.engine.testing.FixedApplication;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Fixed responses that the loop sends straight from the read buffer look and count like any other. */
class FixedDirectTest {
    private static final HttpOptions OPTIONS = HttpOptions.builder()
            .idleTimeout(Duration.ZERO)
            .serverHeader("Sluice")
            .build();
    private static final FixedApplication SHOP = FixedApplication.at("/shop").with("/ping", "pong");

    private static TestEngine engine() {
        return TestEngine.of(SHOP, OPTIONS);
    }

    private static String get(String path, String... fields) {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost:8080\r\n");
        for (String field : fields) {
            request.append(field).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    private static long direct(TestEngine engine) {
        return engine.listener().stats().direct();
    }

    /** Status line, fields in order of their names, body; without what differs from answer to answer. */
    private static String comparable(RawResponse response) {
        List<String> lines = new ArrayList<>(Arrays.asList(response.head().split("\r\n")));
        String status = lines.remove(0);
        lines.removeIf(line -> line.startsWith("Date: ") || line.startsWith("X-Request-Id: "));
        lines.sort(null);
        return status + "\n" + String.join("\n", lines) + "\n\n" + response.body();
    }

    @Test
    void looksLikeTheAnswerOfAnExchange() {
        try (TestEngine engine = engine()) {
            RawResponse fast = engine.send(get("/shop/ping"));
            assertThat(direct(engine)).isEqualTo(1);
            RawResponse normal = engine.send(get("/shop/ping?query"));
            assertThat(direct(engine)).isEqualTo(1);
            assertThat(comparable(fast)).isEqualTo(comparable(normal)).contains("pong", "Server: Sluice");
            assertThat(fast.header("Date")).isPresent();
            assertThat(fast.header("X-Request-Id").orElseThrow()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        }
    }

    @Test
    void looksLikeTheAnswerOfAnExchangeToKeepAliveAndHead() {
        try (TestEngine engine = engine()) {
            String keep = get("/shop/ping", "Connection: keep-alive");
            assertThat(comparable(engine.send(keep)))
                    .isEqualTo(comparable(engine.send(keep.replace("ping ", "ping?x "))));
            String head = keep.replace("GET", "HEAD");
            assertThat(comparable(engine.send(head)))
                    .isEqualTo(comparable(engine.send(head.replace("ping ", "ping?x "))))
                    .contains("Content-Length: 4")
                    .doesNotContain("pong");
            assertThat(direct(engine)).isEqualTo(2);
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() {
        try (TestEngine engine = engine();
                RawClient client = engine.connect()) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                requests.append(get("/shop/ping", "X-Request-Id: number-" + i));
            }
            client.send(requests.toString());
            for (int i = 0; i < 100; i++) {
                RawResponse response = client.response();
                assertThat(response.body()).isEqualTo("pong");
                assertThat(response.header("X-Request-Id")).contains("number-" + i);
            }
            assertThat(direct(engine)).isGreaterThan(50);
        }
    }

    @Test
    void takesTurnsWithTheParser() {
        try (TestEngine engine = engine();
                RawClient client = engine.connect()) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.send(get("/shop/ping")).response().body()).isEqualTo("pong");
                assertThat(client.send(get("/shop/other")).response().body()).isEqualTo("normal app/shop");
            }
            assertThat(direct(engine)).isEqualTo(20);
            client.send(get("/shop/ping") + get("/shop/other") + get("/shop/ping") + get("/shop/other"));
            for (String expected : List.of("pong", "normal app/shop", "pong", "normal app/shop")) {
                assertThat(client.response().body()).isEqualTo(expected);
            }
        }
    }

    @Test
    void takesHeadsInPieces() {
        try (TestEngine engine = engine();
                RawClient client = engine.connect()) {
            for (char c : get("/shop/ping").toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertThat(client.response().body()).isEqualTo("pong");
            client.send(get("/shop/ping") + get("/shop/ping").substring(0, 30));
            assertThat(client.response().body()).isEqualTo("pong");
            client.send(get("/shop/ping").substring(30));
            assertThat(client.response().body()).isEqualTo("pong");
        }
    }

    @Test
    void isCountedAndObservedLikeAnyRequest() {
        try (TestEngine engine = engine()) {
            RawResponse response =
                    engine.send(get("/shop/ping", "User-Agent: probe", "Referer: http://a/", "X-Request-Id: mine"));
            engine.send(get("/shop/ping?query", "User-Agent: probe", "Referer: http://a/", "X-Request-Id: mine"));
            await().until(() -> engine.completed().size() == 2);
            assertThat(response.header("X-Request-Id")).contains("mine");
            CompletedRequest fast = engine.completed().get(0);
            CompletedRequest normal = engine.completed().get(1);
            assertThat(fast.target()).isEqualTo("/shop/ping");
            assertThat(fast)
                    .usingRecursiveComparison()
                    .ignoringFields("target", "nanos", "startMillis", "remote")
                    .isEqualTo(normal);
            assertThat(fast.remote()).isNotNull();
            MountStats stats = engine.gate().stats().mounts().get(0);
            assertThat(stats.fixed()).isEqualTo(2);
            assertThat(stats.requests()).isEqualTo(2);
        }
    }

    @Test
    void makesAnIdInPlaceOfAStrangeOne() {
        try (TestEngine engine = engine()) {
            for (String strange : List.of("", "a b", "x".repeat(65), "\u00e4")) {
                RawResponse response = engine.send(get("/shop/ping", "X-Request-Id: " + strange));
                assertThat(response.header("X-Request-Id").orElseThrow()).hasSize(36);
            }
            assertThat(direct(engine)).isEqualTo(4);
        }
    }

    @Test
    void keepsTheDateCurrent() {
        AtomicLong millis = new AtomicLong(784_111_777_999L);
        try (TestEngine engine = TestEngine.builder(SHOP)
                        .http(OPTIONS)
                        .clock(millis::get)
                        .start();
                RawClient client = engine.connect()) {
            assertThat(client.send(get("/shop/ping")).response().header("Date"))
                    .contains("Sun, 06 Nov 1994 08:49:37 GMT");
            millis.incrementAndGet();
            assertThat(client.send(get("/shop/ping")).response().header("Date"))
                    .contains("Sun, 06 Nov 1994 08:49:38 GMT");
            millis.addAndGet(-1000);
            assertThat(client.send(get("/shop/ping")).response().header("Date"))
                    .contains("Sun, 06 Nov 1994 08:49:37 GMT");
        }
    }
}
