package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.gate.Mount;
import dev.sluice.engine.testing.RawClient;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What outlives an application is ended before the application stops: asynchronous requests, event streams, upgraded connections. */
class EndedApplicationTest {
    private static final List<String> EVENTS = new CopyOnWriteArrayList<>();
    private static final AtomicBoolean INITIALISED = new AtomicBoolean();

    private final CountDownLatch entered = new CountDownLatch(1);

    @BeforeEach
    void nothingHappened() {
        EVENTS.clear();
        INITIALISED.set(false);
    }

    /** Does nothing but tell. */
    public static final class Quiet implements HttpUpgradeHandler {
        @Override
        public void init(WebConnection connection) {
            INITIALISED.set(true);
        }

        @Override
        public void destroy() {
            EVENTS.add("handler destroyed");
        }
    }

    private static final class Told implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            EVENTS.add("complete");
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            EVENTS.add("timeout");
        }

        @Override
        public void onError(AsyncEvent event) {
            EVENTS.add("error");
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    private static Mount takeOut(TestWebApp app) {
        Mount mount = app.engine().gate().mounts().get(0);
        app.engine().gate().serve(mounts -> List.of());
        return mount;
    }

    private static void awaitNothing(TestWebApp app, Mount mount) {
        await().until(() -> mount.whenIdle().toCompletableFuture().isDone());
        await().until(() -> app.engine().gate().activeRequests().isEmpty()
                && app.engine().gate().stats().permitsTaken() == 0);
    }

    @Test
    void anAsynchronousRequestIsAnsweredAndItsListenerToldOnce() {
        try (TestWebApp app = TestWebApp.builder()
                        .servlet("/async", (request, response) -> {
                            AsyncContext context = request.startAsync();
                            context.setTimeout(0);
                            context.addListener(new Told());
                            entered.countDown();
                        })
                        .start();
                RawClient client = app.engine().connect()) {
            client.send("GET /app/async HTTP/1.1\r\nHost: localhost\r\n\r\n");
            await().until(() -> entered.getCount() == 0);
            Mount mount = takeOut(app);

            app.engine().gate().abort(mount);

            assertThat(client.response().status()).isEqualTo(503);
            awaitNothing(app, mount);
            assertThat(EVENTS).containsExactly("error", "complete");
        }
    }

    @Test
    void anEventStreamIsBrokenOff() {
        try (TestWebApp app = TestWebApp.builder()
                        .servlet("/events", (request, response) -> {
                            AsyncContext context = request.startAsync();
                            context.setTimeout(0);
                            context.addListener(new Told());
                            response.setContentType("text/event-stream");
                            response.getWriter().write("data: 1\n\n");
                            response.flushBuffer();
                            entered.countDown();
                        })
                        .start();
                RawClient client = app.engine().connect()) {
            client.send("GET /app/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
            await().until(() -> entered.getCount() == 0);
            Mount mount = takeOut(app);

            app.engine().gate().abort(mount);

            assertThat(client.rest()).contains("data: 1").doesNotContain("\r\n0\r\n");
            awaitNothing(app, mount);
            assertThat(EVENTS).containsExactly("error", "complete");
        }
    }

    @Test
    void anUpgradedConnectionIsClosedAndItsHandlerDestroyedBeforeTheContextIs() {
        try (TestWebApp app = TestWebApp.builder()
                        .servlet("/up", (request, response) -> {
                            response.setHeader("Upgrade", "quiet");
                            response.setHeader("Connection", "Upgrade");
                            request.upgrade(Quiet.class);
                        })
                        .setup(context -> context.addListener(new jakarta.servlet.ServletContextListener() {
                            @Override
                            public void contextDestroyed(jakarta.servlet.ServletContextEvent event) {
                                EVENTS.add("context destroyed");
                            }
                        }))
                        .start();
                RawClient client = app.engine().connect()) {
            client.send("GET /app/up HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: quiet\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(101);
            await().until(INITIALISED::get);
            takeOut(app);

            app.application().stop();

            assertThat(EVENTS).containsExactly("handler destroyed", "context destroyed");
            assertThat(client.closed()).isTrue();
        }
    }
}
