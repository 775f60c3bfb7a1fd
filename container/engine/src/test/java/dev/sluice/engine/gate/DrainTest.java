package dev.sluice.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Stopping: running requests are finished with Connection: close, idle connections end, and what is left is broken off. */
class DrainTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final TestApplication waiting = call -> {
        if (call.exchange().rawPath().equals("/begun")) {
            call.exchange().responseBody().write(ByteBuffer.wrap(new byte[] {'x'}));
            call.exchange().responseBody().flush();
        }
        release.await();
        TestApplication.text(call, "done");
    };

    private static void drain(TestEngine engine) {
        engine.gate().drain();
        engine.listener().drain();
    }

    @Test
    void finishesWhatRuns() {
        try (TestEngine engine = TestEngine.of(waiting);
                RawClient running = engine.connect();
                RawClient idle = engine.connect()) {
            running.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() ->
                    engine.gate().stats().inFlight() == 1 && engine.listener().connections() == 2);
            drain(engine);
            assertThat(idle.closed()).isTrue();
            release.countDown();
            RawResponse response = running.response();
            assertThat(response.body()).isEqualTo("done");
            assertThat(running.closed()).isTrue();
            await().until(() -> engine.gate().activeRequests().isEmpty()
                    && engine.listener().connections() == 0);
        }
    }

    @Test
    void breaksOffWhatDoesNotEnd() {
        try (TestEngine engine = TestEngine.of(waiting);
                RawClient silent = engine.connect();
                RawClient begun = engine.connect()) {
            silent.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            begun.send("GET /begun HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> engine.gate().stats().inFlight() == 2);
            await().until(() -> engine.gate().activeRequests().size() == 2);
            drain(engine);
            engine.gate().abort();
            RawResponse answered = silent.response();
            assertThat(answered.status()).isEqualTo(503);
            assertThat(answered.header("Connection")).contains("close");
            assertThat(begun.rest()).doesNotContain("\r\n0\r\n");
            release.countDown();
            await().until(() -> engine.gate().activeRequests().isEmpty());
        }
    }

    @Test
    void anApplicationIsIdleWhenItsRequestsAreDone() {
        try (TestEngine engine = TestEngine.of(waiting);
                RawClient running = engine.connect()) {
            running.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> engine.gate().stats().inFlight() == 1);
            Mount old = engine.gate().mounts().get(0);
            engine.gate().serve(mounts -> List.of());
            var idle = old.whenIdle().toCompletableFuture();
            assertThat(engine.get("/").status()).isEqualTo(404);
            assertThat(idle).isNotDone();
            release.countDown();
            assertThat(running.response().body()).isEqualTo("done");
            await().until(idle::isDone);
        }
    }
}
