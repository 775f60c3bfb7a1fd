package dev.sluice.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Each lane runs application code on the threads that it promises. */
class LaneChoiceTest {
    private static String threadOf(LaneMode mode) {
        try (TestEngine engine = TestEngine.builder(call ->
                        TestApplication.text(call, Thread.currentThread().getName()))
                .lane(mode)
                .start()) {
            return engine.send("GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: id-1\r\n\r\n")
                    .body();
        }
    }

    @Test
    void inlineRunsOnTheLoop() {
        assertThat(threadOf(LaneMode.INLINE)).matches("test-loop I/O-\\d");
    }

    @Test
    void poolRunsElsewhere() {
        assertThat(threadOf(LaneMode.POOL)).startsWith("sluice-pool");
    }

    @Test
    void loopRunsOnAThreadNamedForTheRequest() {
        assumeTrue(LoopLane.reasonAgainst().isEmpty(), LoopLane.reasonAgainst());
        assertThat(threadOf(LaneMode.LOOP)).matches("test-loop I/O-\\d/req-id-1");
        assertThat(threadOf(LaneMode.AUTO)).as("the first run").isEqualTo("sluice-pool/req-id-1");
    }

    @Test
    void saysWhyItIsUsed() {
        try (Lanes lanes = Lanes.choose(LaneMode.AUTO, 4)) {
            String expected = LoopLane.reasonAgainst().isEmpty() ? "lane loop" : "lane pool (not loop: ";
            assertThat(lanes.description()).startsWith(expected);
        }
    }

    @Test
    void blockedRequestsLeaveTheirLoop() throws Exception {
        assumeTrue(LoopLane.reasonAgainst().isEmpty(), LoopLane.reasonAgainst());
        CountDownLatch release = new CountDownLatch(1);
        try (TestEngine engine = TestEngine.builder(call -> {
                            if (call.exchange().rawPath().equals("/wait")) {
                                release.await();
                            }
                            TestApplication.text(call, Thread.currentThread().getName());
                        })
                        .lane(LaneMode.LOOP)
                        .loops(1)
                        .start();
                RawClient blocked = engine.connect()) {
            blocked.send("GET /wait HTTP/1.1\r\nHost: a\r\nX-Request-Id: w\r\n\r\n");
            for (int i = 0; i < 20; i++) {
                assertThat(engine.get("/").status()).isEqualTo(200);
            }
            release.countDown();
            assertThat(blocked.response().body()).isEqualTo("test-loop I/O-1/req-w");
        }
    }
}
