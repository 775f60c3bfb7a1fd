package dev.sluice.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.engine.application.Call;
import dev.sluice.engine.application.Target;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A route that burns CPU leaves the loop; the others stay there. */
class BusyRouteTest {
    private static final class Burning implements TestApplication {
        @Override
        public Target target(HttpExchange exchange) {
            return Target.named(exchange.rawPath());
        }

        @Override
        public void handle(Call call) throws IOException {
            if (call.exchange().rawPath().equals("/burn")) {
                long end = System.nanoTime() + 60_000_000;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
            }
            TestApplication.text(call, Thread.currentThread().getName());
        }
    }

    @Test
    void movesToThePool() {
        assumeTrue(LoopLane.reasonAgainst().isEmpty(), LoopLane.reasonAgainst());
        assumeTrue(ManagementFactory.getThreadMXBean().isCurrentThreadCpuTimeSupported());
        try (TestEngine engine =
                TestEngine.builder(new Burning()).lane(LaneMode.LOOP).start()) {
            assertThat(engine.get("/burn").body()).startsWith("test-loop");
            String thread = "test-loop";
            for (int i = 0; i < 20 && thread.startsWith("test-loop"); i++) {
                thread = engine.get("/burn").body();
            }
            assertThat(thread).startsWith("sluice-pool");
            assertThat(engine.get("/quick").body()).startsWith("test-loop");
        }
    }
}
