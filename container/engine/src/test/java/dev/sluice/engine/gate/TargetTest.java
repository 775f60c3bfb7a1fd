package dev.sluice.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.application.Call;
import dev.sluice.engine.application.LaneHint;
import dev.sluice.engine.application.Target;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The target of a request is found once, before its lane is chosen, and travels with the request. */
class TargetTest {
    private static final class Finding implements TestApplication {
        private final AtomicInteger found = new AtomicInteger();

        private record Place(int number, String route) implements Target {
            @Override
            public LaneHint lane() {
                return LaneHint.POOL;
            }
        }

        @Override
        public Target target(HttpExchange exchange) {
            return new Place(found.incrementAndGet(), exchange.rawPath());
        }

        @Override
        public void handle(Call call) throws IOException {
            Place place = (Place) call.target();
            TestApplication.text(
                    call, place.number() + " " + Thread.currentThread().getName());
        }
    }

    @Test
    void isFoundOnceAndChoosesTheLane() {
        try (TestEngine engine = TestEngine.builder(new Finding()).start()) {
            assertThat(engine.get("/a").body()).startsWith("1 sluice-pool");
            assertThat(engine.get("/b").body()).startsWith("2 sluice-pool");
        }
    }
}
