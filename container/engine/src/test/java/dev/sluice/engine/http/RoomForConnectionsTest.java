package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** When there is no place for a connection, the one that is idle for longest goes; one with a request never does. */
class RoomForConnectionsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private static TestEngine engine(TestApplication application, int most) {
        return TestEngine.of(
                application, HttpOptions.builder().maxConnections(most).build());
    }

    @Test
    void theLongestIdleOneGoes() {
        try (TestEngine engine = engine(call -> TestApplication.text(call, "hello"), 2);
                RawClient first = engine.connect();
                RawClient second = engine.connect()) {
            assertThat(first.send(GET).response().status()).isEqualTo(200);
            assertThat(second.send(GET).response().status()).isEqualTo(200);
            assertThat(first.send(GET).response().status()).isEqualTo(200);
            try (RawClient third = engine.connect()) {
                assertThat(third.send(GET).response().status()).isEqualTo(200);
                assertThat(second.closed()).isTrue();
                assertThat(first.send(GET).response().status()).isEqualTo(200);
            }
            assertThat(engine.listener().stats().evicted()).isEqualTo(1);
        }
    }

    @Test
    void silentOnesAndHalfHeadsShutNobodyOut() {
        try (TestEngine engine = engine(call -> TestApplication.text(call, "hello"), 20)) {
            List<RawClient> attackers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                RawClient attacker = engine.connect();
                if (i % 2 == 0) {
                    attacker.send("GET / HTTP/1.1\r\n");
                }
                attackers.add(attacker);
            }
            try (RawClient honest = engine.connect()) {
                assertThat(honest.send(GET).response().status()).isEqualTo(200);
            }
            await().until(() -> engine.listener().connections() <= 20);
            attackers.forEach(RawClient::close);
            await().until(() -> engine.listener().connections() == 0);
        }
    }

    @Test
    void aRequestIsNeverBrokenOffForAnother() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (TestEngine engine = engine(
                        call -> {
                            go.await();
                            TestApplication.text(call, "hello");
                        },
                        1);
                RawClient busy = engine.connect()) {
            busy.send(GET);
            await().until(() -> engine.gate().stats().inFlight() == 1);
            try (RawClient refused = engine.connect()) {
                assertThat(refused.closed()).isTrue();
            }
            assertThat(engine.listener().stats().overLimit()).isEqualTo(1);
            go.countDown();
            assertThat(busy.response().body()).isEqualTo("hello");
        }
    }
}
