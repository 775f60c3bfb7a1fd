package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.HandlerContext;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestEngine;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** {@code HandlerContext.of(request)} in servlets and filters: id, cancellation and deadline of the request. */
class ServletHandlerContextTest {
    private final List<String> events = new CopyOnWriteArrayList<>();

    @Test
    void filterAndServletSeeOneContextWithTheRequestsId() {
        AtomicReference<HandlerContext> filters = new AtomicReference<>();
        try (TestWebApp app = TestWebApp.builder()
                .filter("/*", (request, response, chain) -> {
                    filters.set(HandlerContext.of(request));
                    chain.doFilter(
                            new HttpServletRequestWrapper(new HttpServletRequestWrapper((HttpServletRequest) request)),
                            response);
                })
                .servlet("/", (request, response) -> {
                    HandlerContext mine = HandlerContext.of(request);
                    response.getWriter().print((mine == filters.get()) + " " + mine.requestId());
                })
                .start()) {
            assertThat(app.send("GET /app/ HTTP/1.1\r\nHost: a\r\nX-Request-Id: from-the-client\r\n\r\n")
                            .body())
                    .isEqualTo("true from-the-client");
        }
    }

    @Test
    void aClientThatGoesAwayCancelsTheRequest() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/", (request, response) -> {
                    HandlerContext context = HandlerContext.of(request);
                    context.onCancel(cancelled::countDown);
                    events.add("started " + context.cancelled());
                    awaited(cancelled);
                    events.add("cancelled " + context.cancelled());
                })
                .start()) {
            try (RawClient client = app.engine().connect()) {
                client.send("GET /app/ HTTP/1.1\r\nHost: a\r\n\r\n");
                await().until(() -> events.contains("started false"));
            }
            await().untilAsserted(() -> assertThat(events).containsExactly("started false", "cancelled true"));
        }
    }

    @Test
    void theDeadlineIsKnownBeforeItCancels() throws Exception {
        AtomicReference<Instant> deadline = new AtomicReference<>();
        CountDownLatch cancelled = new CountDownLatch(1);
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        ServletApplication application = TestWebApp.builder()
                .servlet("/", (request, response) -> {
                    HandlerContext context = HandlerContext.of(request);
                    deadline.set(context.deadline().orElseThrow());
                    context.onCancel(cancelled::countDown);
                    awaited(cancelled);
                })
                .create(scheduler);
        application.start();
        Instant before = Instant.now();
        try (TestEngine engine = TestEngine.builder(application)
                .mount(options -> options.withDeadline(Duration.ofMillis(300)))
                .start()) {
            assertThat(engine.get("/app/").status()).isEqualTo(504);
            await().until(() -> deadline.get() != null);
            assertThat(deadline.get()).isBetween(before.plusMillis(250), before.plusSeconds(600));
        } finally {
            application.stop();
            scheduler.shutdownNow();
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
