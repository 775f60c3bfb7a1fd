package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Timeout, error and completion, as listeners hear of them (Servlet 6.1, 2.3.3.3). */
class AsyncListenerTest {
    private final List<String> events = new CopyOnWriteArrayList<>();

    /** Writes down what it hears. */
    private class Recorder implements AsyncListener {
        private final String name;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            events.add(name + " complete");
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            events.add(name + " timeout");
        }

        @Override
        public void onError(AsyncEvent event) {
            events.add(name + " error " + event.getThrowable().getMessage());
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            events.add(name + " start");
        }
    }

    @Test
    void completionFromAnotherThread() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/x", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    async.addListener(new Recorder("one"));
                    async.addListener(new Recorder("two"));
                    async.start(() -> {
                        try {
                            async.getResponse().getWriter().print("done");
                            async.complete();
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    });
                })
                .start()) {
            RawResponse response = app.get("/app/x");
            assertThat(response.body()).isEqualTo("done");
            assertThat(response.header("Content-Length")).contains("4");
            assertThat(events).containsExactly("one complete", "two complete");
        }
    }

    @Test
    void timeoutWithoutAnswerIsStatus500() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/x", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    async.setTimeout(50);
                    async.addListener(new Recorder("one"));
                })
                .start()) {
            assertThat(app.get("/app/x").status()).isEqualTo(500);
            assertThat(events).containsExactly("one timeout", "one complete");
        }
    }

    @Test
    void timeoutThatAListenerAnswers() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/x", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    async.setTimeout(50);
                    async.addListener(new Recorder("one") {
                        @Override
                        public void onTimeout(AsyncEvent event) {
                            super.onTimeout(event);
                            event.getAsyncContext().dispatch("/late");
                        }
                    });
                })
                .servlet("/late", (request, response) -> response.getWriter().print("late"))
                .start()) {
            assertThat(app.get("/app/x").body()).isEqualTo("late");
            assertThat(events).containsExactly("one timeout", "one complete");
        }
    }

    @Test
    void exceptionAfterStartIsTold() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/x", (request, response) -> {
                    request.startAsync().addListener(new Recorder("one"));
                    throw new IllegalStateException("broken");
                })
                .start()) {
            assertThat(app.get("/app/x").status()).isEqualTo(500);
            assertThat(events).containsExactly("one error broken", "one complete");
        }
    }

    @Test
    void aNewCycleIsToldToTheListenersOfTheOldOne() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/x", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    async.addListener(new Recorder("first"));
                    async.dispatch("/y");
                })
                .servlet("/y", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    async.addListener(new Recorder("second"));
                    async.complete();
                })
                .start()) {
            app.get("/app/x");
            assertThat(events).containsExactly("first start", "second complete");
        }
    }

    @Test
    void aListenerThatThrowsDoesNotKeepTheOthersFromRunning() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/x", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    async.addListener(new Recorder("one") {
                        @Override
                        public void onComplete(AsyncEvent event) {
                            throw new IllegalStateException("in a listener");
                        }
                    });
                    async.addListener(new Recorder("two"));
                    async.complete();
                })
                .start()) {
            assertThat(app.get("/app/x").status()).isEqualTo(200);
            assertThat(events).containsExactly("two complete");
        }
    }

    @Test
    void aLostConnectionIsAnError() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/x", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    async.setTimeout(0);
                    async.addListener(new Recorder("one"));
                    started.countDown();
                })
                .start()) {
            try (RawClient client = app.engine().connect()) {
                client.send("GET /app/x HTTP/1.1\r\nHost: localhost\r\n\r\n");
                started.await();
                client.socket().setSoLinger(true, 0); // closes with a reset: a mere end may be a half-close
            }
            await().untilAsserted(() -> assertThat(events).hasSize(2).last().isEqualTo("one complete"));
            assertThat(events.get(0)).startsWith("one error The client went away");
        }
    }

    @Test
    void startWithoutSupportIsIllegal() {
        try (TestWebApp app = TestWebApp.builder()
                .setup(context -> context.addFilter(
                                "f", (request, response, chain) -> chain.doFilter(request, response))
                        .addMappingForUrlPatterns(null, true, "/*"))
                .servlet("/x", (request, response) -> {
                    try {
                        request.startAsync();
                    } catch (IllegalStateException expected) {
                        response.getWriter().print(request.isAsyncSupported());
                    }
                })
                .start()) {
            assertThat(app.get("/app/x").body()).isEqualTo("false");
        }
    }
}
