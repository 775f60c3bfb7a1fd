package dev.sluice.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.engine.application.Call;
import dev.sluice.engine.application.Target;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The first run of a route, which initializes and compiles, is on the pool; a route that was quick there gets its loop. */
class FirstRunTest {
    private static final String POOL = "sluice-pool";
    private static final String LOOP = "test-loop";

    private static final class Routes implements TestApplication {
        @Override
        public Target target(HttpExchange exchange) {
            return Target.named(exchange.rawPath());
        }

        @Override
        public void handle(Call call) throws IOException {
            if ("burn".equals(call.exchange().queryString())) {
                for (long i = 0; i < 20_000_000; i++) {
                    Thread.onSpinWait(); // CPU time, however busy the machine is
                }
            }
            TestApplication.text(call, Thread.currentThread().getName());
        }
    }

    @BeforeAll
    static void lanesThatAreNeeded() {
        assumeTrue(LoopLane.reasonAgainst().isEmpty(), LoopLane.reasonAgainst());
        assumeTrue(ManagementFactory.getThreadMXBean().isCurrentThreadCpuTimeSupported());
    }

    @Test
    void eachRouteProvesItselfOnThePool() {
        try (TestEngine engine = TestEngine.builder(new Routes()).start()) {
            for (String route : new String[] {"/a", "/b"}) {
                assertThat(engine.get(route).body()).startsWith(POOL);
                // A first run may take long by itself, while the JVM is cold.
                await().until(() -> engine.get(route).body().startsWith(LOOP));
                assertThat(engine.get(route).body()).startsWith(LOOP);
            }
        }
    }

    /** A hash of a password, an initialization: whatever burns stays where it does no harm. */
    @Test
    void aRouteThatIsNeverQuickNeverGetsALoop() {
        try (TestEngine engine = TestEngine.builder(new Routes()).start()) {
            for (int i = 0; i < 3; i++) {
                assertThat(engine.get("/a?burn").body()).startsWith(POOL);
            }
            assertThat(engine.get("/a").body()).as("quick, but nobody knew").startsWith(POOL);
            await().until(() -> engine.get("/a").body().startsWith(LOOP));
        }
    }

    @Test
    void whoAsksForTheLoopGetsIt() {
        try (TestEngine engine =
                TestEngine.builder(new Routes()).lane(LaneMode.LOOP).start()) {
            assertThat(engine.get("/a").body()).startsWith(LOOP);
        }
    }
}
