package dev.sluice.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Requests beyond the permits wait in a bounded queue for a bounded time, then get 503. */
class AdmissionTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final CountDownLatch release = new CountDownLatch(1);
    private final TestApplication blocking = call -> {
        release.await();
        TestApplication.text(call, "done");
    };

    private MountStats stats(TestEngine engine) {
        return engine.gate().stats().mounts().get(0);
    }

    private TestEngine engine(int queue, Duration queueTime) {
        return TestEngine.builder(blocking)
                .mount(options -> options.withPermits(1, queue))
                .gate(new GateOptions(10, 10, queueTime, false))
                .start();
    }

    @Test
    void waitsAndRuns() {
        try (TestEngine engine = engine(1, Duration.ofSeconds(30));
                RawClient first = engine.connect();
                RawClient second = engine.connect()) {
            first.send(GET);
            await().until(() -> stats(engine).permitsTaken() == 1);
            second.send(GET);
            await().until(() -> stats(engine).waiting() == 1);
            release.countDown();
            assertThat(first.response().body()).isEqualTo("done");
            assertThat(second.response().body()).isEqualTo("done");
            await().until(() ->
                    stats(engine).permitsTaken() == 0 && stats(engine).inFlight() == 0);
            assertThat(stats(engine).queued()).isEqualTo(1);
            await().until(() -> engine.gate().activeRequests().isEmpty());
        }
    }

    @Test
    void isRefusedWhenTheQueueIsFull() {
        try (TestEngine engine = engine(0, Duration.ofSeconds(30));
                RawClient first = engine.connect()) {
            first.send(GET);
            await().until(() -> stats(engine).permitsTaken() == 1);
            RawResponse refused = engine.get("/");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).contains("1");
            release.countDown();
            assertThat(first.response().body()).isEqualTo("done");
            assertThat(stats(engine).rejected()).isEqualTo(1);
        }
    }

    @Test
    void isRefusedWhenItHasWaitedTooLong() {
        try (TestEngine engine = engine(5, Duration.ofMillis(50));
                RawClient first = engine.connect()) {
            first.send(GET);
            await().until(() -> stats(engine).permitsTaken() == 1);
            assertThat(engine.get("/").status()).isEqualTo(503);
            assertThat(stats(engine).waiting()).isZero();
            release.countDown();
            assertThat(first.response().body()).isEqualTo("done");
        }
    }

    @Test
    void theServersPermitsCountToo() {
        try (TestEngine engine = TestEngine.builder(blocking)
                        .gate(new GateOptions(1, 0, Duration.ofSeconds(1), false))
                        .start();
                RawClient first = engine.connect()) {
            first.send(GET);
            await().until(() -> engine.gate().stats().permitsTaken() == 1);
            assertThat(engine.get("/").status()).isEqualTo(503);
            assertThat(stats(engine).permitsTaken()).isEqualTo(1);
            release.countDown();
            assertThat(first.response().status()).isEqualTo(200);
        }
    }
}
