package dev.sluice.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests on the pool that spin keep nobody else on the pool waiting, however few carriers it has. */
class HeldCarriersTest {
    private static final int SPINNING = 4;

    @BeforeAll
    static void carriersOfOurs() {
        assumeTrue(LoopLane.reasonAgainst().isEmpty(), LoopLane.reasonAgainst());
    }

    @Test
    void theOthersAreAnsweredWhileSomeSpin() throws InterruptedException {
        CountDownLatch spinning = new CountDownLatch(SPINNING);
        AtomicBoolean released = new AtomicBoolean();
        TestApplication application = call -> {
            if (call.exchange().rawPath().equals("/spin")) {
                spinning.countDown();
                while (!released.get()) {
                    Thread.onSpinWait();
                }
            }
            TestApplication.text(call, "done");
        };
        List<RawClient> spinners = new ArrayList<>();
        try (TestEngine engine = TestEngine.builder(application)
                .lane(LaneMode.POOL)
                .pool(PoolLane.onCarriers(1))
                .start()) {
            for (int i = 0; i < SPINNING; i++) {
                spinners.add(engine.connect().send("GET /spin HTTP/1.1\r\nHost: a\r\n\r\n"));
            }
            spinning.await();
            for (int i = 0; i < 10; i++) {
                assertThat(engine.get("/quick").body()).isEqualTo("done");
            }
            released.set(true);
            for (RawClient each : spinners) {
                assertThat(each.response().body()).isEqualTo("done");
                each.close();
            }
        } finally {
            released.set(true);
        }
    }
}
