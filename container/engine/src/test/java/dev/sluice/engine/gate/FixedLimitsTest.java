package dev.sluice.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.http.Answer;
import dev.sluice.engine.http.FixedResponse;
import dev.sluice.engine.http.Headers;
import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.testing.FixedApplication;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestEngine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Connections that ask for fixed responses keep to the limits of all connections. */
class FixedLimitsTest {
    private static final String PING = "GET /ping HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final FixedApplication ROOT =
            FixedApplication.at("").with("/ping", "pong").with("/large", large());

    private static FixedResponse large() {
        return new FixedResponse(new Answer(200, new Headers(), new byte[60_000]));
    }

    private static TestEngine engine(HttpOptions.Builder options) {
        return TestEngine.of(ROOT, options.build());
    }

    @Test
    void closesAfterTheLastRequestThatIsAllowed() {
        try (TestEngine engine = engine(HttpOptions.builder().maxRequests(3).idleTimeout(Duration.ZERO));
                RawClient client = engine.connect()) {
            client.send(PING.repeat(5));
            assertThat(client.response().header("Connection")).isEmpty();
            assertThat(client.response().header("Connection")).isEmpty();
            assertThat(client.response().header("Connection")).contains("close");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void closesWhenTheGateDrains() {
        try (TestEngine engine = engine(HttpOptions.builder());
                RawClient client = engine.connect()) {
            assertThat(client.send(PING).response().header("Connection")).isEmpty();
            engine.gate().drain();
            RawResponse last = client.send(PING).response();
            assertThat(last.body()).isEqualTo("pong");
            assertThat(last.header("Connection")).contains("close");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void closesOnRequest() {
        try (TestEngine engine = engine(HttpOptions.builder())) {
            String close = PING.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
            try (RawClient client = engine.connect()) {
                assertThat(client.send(close).rest())
                        .contains("Connection: close")
                        .endsWith("pong");
            }
        }
    }

    @Test
    void evictsAnIdleConnection() {
        try (TestEngine engine = engine(HttpOptions.builder().idleTimeout(Duration.ofSeconds(1)));
                RawClient client = engine.connect()) {
            assertThat(client.send(PING).response().body()).isEqualTo("pong");
            assertThat(client.closed()).isTrue();
            await().until(() -> engine.listener().stats().evicted() == 1);
        }
    }

    @Test
    void staysOpenLongerThanTheIdleTimeWhileItIsUsed() throws Exception {
        try (TestEngine engine = engine(HttpOptions.builder().idleTimeout(Duration.ofSeconds(2)));
                RawClient client = engine.connect()) {
            long end = System.nanoTime() + Duration.ofMillis(3_500).toNanos();
            int requests = 0;
            while (System.nanoTime() - end < 0) {
                assertThat(client.send(PING).response().body()).isEqualTo("pong");
                requests++;
            }
            assertThat(engine.gate().stats().mounts().get(0).fixed()).isEqualTo(requests);
            assertThat(engine.listener().stats().direct()).isGreaterThan(requests / 2);
        }
    }

    @Test
    void holdsBackRequestsOfAClientThatDoesNotRead() {
        try (TestEngine engine = engine(HttpOptions.builder().idleTimeout(Duration.ZERO));
                RawClient client = engine.connect()) {
            int requests = 400;
            Thread sender = new Thread(() -> client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n".repeat(requests)));
            sender.start();
            await().until(() -> engine.listener().stats().direct() > 0);
            for (int i = 0; i < requests; i++) {
                assertThat(client.response().body()).hasSize(60_000);
            }
            assertThat(client.send(PING).response().body()).isEqualTo("pong");
        }
    }

    @Test
    void evictsAClientThatTakesNothing() {
        try (TestEngine engine =
                        engine(HttpOptions.builder().idleTimeout(Duration.ZERO).writeTimeout(Duration.ofMillis(200)));
                RawClient client = engine.connect()) {
            client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n".repeat(200));
            await().until(() -> engine.listener().stats().slow() == 1);
            await().until(() -> engine.listener().connections() == 0);
        }
    }

    @Test
    void refusesAHeadThatIsTooLarge() {
        try (TestEngine engine = engine(HttpOptions.builder().maxHeadSize(512).maxHeaderCount(3))) {
            String many = "GET /ping HTTP/1.1\r\nHost: a\r\n" + "A: b\r\n".repeat(3) + "\r\n";
            assertThat(engine.send(many).status()).isEqualTo(431);
            String large = "GET /ping HTTP/1.1\r\nHost: a\r\nA: " + "b".repeat(500) + "\r\n\r\n";
            assertThat(engine.send(large).status()).isEqualTo(431);
            assertThat(engine.listener().stats().direct()).isZero();
        }
    }

    @Test
    void takesAHeadLargerThanTheReadBuffer() {
        try (TestEngine engine = engine(HttpOptions.builder())) {
            String large = "GET /ping HTTP/1.1\r\nHost: a\r\nA: " + "b".repeat(40_000) + "\r\n\r\n";
            assertThat(engine.send(large).body()).isEqualTo("pong");
        }
    }
}
