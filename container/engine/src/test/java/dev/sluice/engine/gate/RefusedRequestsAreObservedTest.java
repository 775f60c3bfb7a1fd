package dev.sluice.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.observe.CompletedRequest;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused before or at the gate has an id in its answer, and observers hear of it, with that id, once. */
class RefusedRequestsAreObservedTest {
    private static final String HOST = " HTTP/1.1\r\nHost: a\r\n";

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(431, "GET /" + HOST + "X: " + "x".repeat(2000) + "\r\n\r\n", false),
                Arguments.of(414, "GET /" + "x".repeat(600) + HOST + "\r\n", false),
                Arguments.of(400, "GET /" + HOST + "Host: b\r\n\r\n", false),
                Arguments.of(400, "GET /%zz" + HOST + "\r\n", false),
                Arguments.of(400, "GET /a?b=%" + HOST + "\r\n", false),
                Arguments.of(400, "GET /a\\b" + HOST + "\r\n", false),
                Arguments.of(400, "GET /a/../../b" + HOST + "X-Request-Id: mine\r\n\r\n", true),
                Arguments.of(413, "POST /" + HOST + "X-Request-Id: mine\r\nContent-Length: 99\r\n\r\n", true),
                Arguments.of(505, "GET / HTTP/3.0\r\n\r\n", false),
                Arguments.of(408, "GET / HTT", false));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void haveAnId(int status, String request, boolean knowsTheClientsId) {
        HttpOptions options = HttpOptions.builder()
                .maxHeadSize(1024)
                .maxTargetLength(512)
                .maxBodySize(10)
                .requestTimeout(status == 408 ? Duration.ofMillis(200) : Duration.ofSeconds(60))
                .build();
        try (TestEngine engine = TestEngine.of(
                        (TestApplication) call -> TestApplication.text(call, TestApplication.body(call.exchange())),
                        options);
                RawClient client = engine.connect()) {
            RawResponse response = client.send(request).response();

            assertThat(response.status()).isEqualTo(status);
            String id = response.header("X-Request-Id").orElseThrow();
            assertThat(id).matches(knowsTheClientsId ? "mine" : "[0-9a-f-]{36}");
            await().until(() -> !engine.completed().isEmpty());
            assertThat(engine.completed()).hasSize(1);
            CompletedRequest completed = engine.completed().get(0);
            assertThat(completed.requestId()).isEqualTo(id);
            assertThat(completed.status()).isEqualTo(status);
            assertThat(completed.remote()).isNotNull();
        }
    }

    @org.junit.jupiter.api.Test
    void noPermitIsObservedToo() {
        java.util.concurrent.CountDownLatch release = new java.util.concurrent.CountDownLatch(1);
        TestApplication waiting = call -> {
            release.await();
            TestApplication.text(call, "");
        };
        try (TestEngine engine = TestEngine.builder(waiting)
                        .lane(dev.sluice.engine.lane.LaneMode.POOL)
                        .mount(mount -> mount.withPermits(1, 0))
                        .start();
                RawClient first = engine.connect()) {
            first.send("GET /" + HOST + "\r\n");
            await().until(() -> engine.gate().stats().permitsTaken() == 1);

            RawResponse response = engine.send("GET /" + HOST + "X-Request-Id: second\r\n\r\n");

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("X-Request-Id")).contains("second");
            await().until(() -> !engine.completed().isEmpty());
            assertThat(engine.completed().get(0).requestId()).isEqualTo("second");
            release.countDown();
        }
    }
}
