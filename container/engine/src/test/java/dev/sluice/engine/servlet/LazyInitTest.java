package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.engine.lane.LoopLane;
import dev.sluice.engine.testing.RawClient;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A servlet without a load-on-startup order is initialized on the pool, and nobody waits for it who does not ask for it. */
class LazyInitTest {
    private static final String REQUEST = "GET /app/lazy HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final AtomicBoolean RELEASED = new AtomicBoolean();
    private static final AtomicReference<String> INITIALIZED_BY = new AtomicReference<>("");

    /** Spins until it is released, as an initializer that computes does. */
    public static final class Lazy extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        public void init() {
            INITIALIZED_BY.set(Thread.currentThread().getName());
            while (!RELEASED.get()) {
                Thread.onSpinWait();
            }
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(Thread.currentThread().getName());
        }
    }

    @BeforeEach
    void lanes() {
        assumeTrue(LoopLane.reasonAgainst().isEmpty(), LoopLane.reasonAgainst());
        RELEASED.set(false);
    }

    private static TestWebApp app() {
        return TestWebApp.builder()
                .setup(context -> context.addServlet("lazy", Lazy.class).addMapping("/lazy"))
                .servlet("/quick", (request, response) -> response.getWriter()
                        .print(Thread.currentThread().getName()))
                .start();
    }

    @Test
    void theNeighboursAreAnsweredWhileItInitializes() throws Exception {
        try (TestWebApp app = app();
                RawClient first = app.engine().connect()) {
            first.send(REQUEST);
            for (int i = 0; i < 10; i++) {
                assertThat(app.get("/app/quick").status()).isEqualTo(200);
            }
            RELEASED.set(true);
            assertThat(first.response().body()).startsWith("sluice-pool");
            assertThat(INITIALIZED_BY.get()).startsWith("sluice-pool");
        } finally {
            RELEASED.set(true);
        }
    }

    @Test
    void eachServletIsARouteOfItsOwn() {
        RELEASED.set(true);
        try (TestWebApp app = app()) {
            // A first run may take long by itself, while the JVM is cold.
            await().until(() -> app.get("/app/quick").body().startsWith("test-loop"));
            assertThat(app.get("/app/lazy").body()).startsWith("sluice-pool");
            assertThat(app.get("/app/quick").body()).startsWith("test-loop");
        }
    }
}
