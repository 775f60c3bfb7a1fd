package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sentences of the Javadoc of {@code AsyncContext} and {@code AsyncListener}. */
class AsyncMethodsTest {

    /** Notes its calls. */
    private static class Noting implements AsyncListener {
        final List<String> calls = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            calls.add("complete");
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            calls.add("timeout");
        }

        @Override
        public void onError(AsyncEvent event) {
            calls.add("error " + event.getThrowable().getMessage());
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            calls.add("start");
        }
    }

    /** Can be made. */
    public static final class Makeable extends Noting {}

    /** Cannot be made. */
    public static final class Unmakeable extends Noting {
        private Unmakeable(int unused) {
            calls.add("" + unused);
        }
    }

    @Test
    void whatBelongsToACycleIsRefusedWhenItIsOver() {
        Inside.get((request, response) -> {
            AsyncContext async = request.startAsync();
            assertThat(request.isAsyncStarted()).isTrue();
            assertThat(request.getAsyncContext()).isSameAs(async);
            assertThat(async.getRequest()).isSameAs(request);
            assertThat(async.getResponse()).isSameAs(response);
            assertThat(async.hasOriginalRequestAndResponse()).isTrue();
            assertThat(async.getTimeout()).isEqualTo(30_000);
            async.setTimeout(0);
            assertThat(async.getTimeout()).isZero();
            assertThatThrownBy(request::startAsync).isInstanceOf(IllegalStateException.class);
            assertThat(async.createListener(Makeable.class)).isNotNull();
            assertThatThrownBy(() -> async.createListener(Unmakeable.class)).isInstanceOf(ServletException.class);
            async.complete();
            assertThat(request.isAsyncStarted()).as("until the return").isTrue();
            List<Inside.Code> calls = List.of(
                    async::getRequest,
                    async::getResponse,
                    async::complete,
                    async::dispatch,
                    () -> async.dispatch("/x"),
                    () -> async.dispatch(request.getServletContext(), "/x"),
                    request::startAsync);
            assertThat(calls)
                    .allSatisfy(call -> assertThatThrownBy(call::run).isInstanceOf(IllegalStateException.class));
        });
    }

    @Test
    void whatIsConfiguredBeforeTheReturnIsRefusedAfterIt() {
        CompletableFuture<AsyncContext> started = new CompletableFuture<>();
        Inside.Guard guard = new Inside.Guard();
        try (TestWebApp app = TestWebApp.builder()
                        .servlet("/s", (request, response) -> {
                            AsyncContext async = request.startAsync();
                            response.flushBuffer();
                            started.complete(async);
                        })
                        .start();
                RawClient client = app.engine().connect()) {
            client.send("GET /app/s HTTP/1.1\r\nHost: a\r\n\r\n");
            AsyncContext async = started.orTimeout(60, TimeUnit.SECONDS).join();
            org.awaitility.Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThatThrownBy(() -> async.setTimeout(1_000_000))
                            .isInstanceOf(IllegalStateException.class));
            guard.run(() -> {
                assertThatThrownBy(() -> async.addListener(new Noting())).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> async.addListener(new Noting(), async.getRequest(), async.getResponse()))
                        .isInstanceOf(IllegalStateException.class);
            });
            async.complete();
            assertThat(client.response().status()).isEqualTo(200);
            guard.done();
        }
    }

    @Test
    void wrappersStayLockedInForTheDispatchToTheSameUri() {
        List<String> shown = new ArrayList<>();
        Inside.Guard guard = new Inside.Guard();
        try (TestWebApp app = TestWebApp.builder()
                .servlet(
                        "/s",
                        (request, response) -> guard.run(() -> {
                            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                                shown.add(request.getClass().getSimpleName());
                                return;
                            }
                            HttpServletRequest wrapped = new HttpServletRequestWrapper(request);
                            AsyncContext async = request.startAsync(wrapped, response);
                            assertThat(async.hasOriginalRequestAndResponse()).isFalse();
                            assertThat(async.getRequest()).isSameAs(wrapped);
                            async.dispatch();
                        }))
                .start()) {
            app.get("/app/s");
            guard.done();
        }
        assertThat(shown).containsExactly("HttpServletRequestWrapper");
    }

    @ParameterizedTest
    @CsvSource({"/t, /app/t", "t, /app/d/t", "../t, /app/d/../t", "t?x=1, /app/d/t"})
    void aPathIsReadAsForADispatcherOfTheRequest(String path, String uri) {
        TestWebApp.Code show = (request, response) -> response.getWriter()
                .print(request.getRequestURI() + " " + request.getAttribute(AsyncContext.ASYNC_REQUEST_URI) + " "
                        + request.getAttribute(AsyncContext.ASYNC_SERVLET_PATH) + " "
                        + request.getAttribute(AsyncContext.ASYNC_CONTEXT_PATH) + " "
                        + request.getAttribute(AsyncContext.ASYNC_QUERY_STRING) + " "
                        + request.getAttribute(AsyncContext.ASYNC_PATH_INFO) + " "
                        + (request.getAttribute(AsyncContext.ASYNC_MAPPING) != null));
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/d/s", (request, response) -> request.startAsync().dispatch(path))
                .servlet("/t", show)
                .servlet("/d/t", show)
                .start()) {
            assertThat(app.get("/app/d/s?q=1").body()).isEqualTo(uri + " /app/d/s /d/s /app q=1 null true");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../up", ""})
    void aPathThatIsNoneIsAnIllegalArgumentAndLeavesTheCycle(String path) {
        Inside.get((request, response) -> {
            AsyncContext async = request.startAsync();
            if (!path.isEmpty()) {
                assertThatThrownBy(() -> async.dispatch(path)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> async.dispatch(null)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> async.dispatch(null, "/x")).isInstanceOf(IllegalArgumentException.class);
            async.complete();
        });
    }

    @Test
    void theOriginalPathStaysInTheAttributesOfLaterDispatches() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/a", (request, response) -> request.startAsync().dispatch("/b"))
                .servlet("/b", (request, response) -> request.startAsync().dispatch("/c"))
                .servlet("/c", (request, response) -> response.getWriter()
                        .print(request.getAttribute(AsyncContext.ASYNC_REQUEST_URI) + " "
                                + request.getDispatcherType()))
                .start()) {
            assertThat(app.get("/app/a").body()).isEqualTo("/app/a ASYNC");
        }
    }

    @Test
    void aDispatchIsLegalAfterTheCommitAndKeepsTheBuffer() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/a", (request, response) -> {
                    response.getWriter().print("sent ");
                    response.flushBuffer();
                    response.getWriter().print("buffered ");
                    request.startAsync().dispatch("/b");
                })
                .servlet("/b", (request, response) -> response.getWriter().print("target"))
                .start()) {
            assertThat(app.get("/app/a").body()).isEqualTo("sent buffered target");
        }
    }

    @Test
    void listenersHearInTheirOrderAndOfANewCycleOnlyIfTheyRegisterAgain() {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/a", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    for (String name : List.of("1", "2")) {
                        async.addListener(new Noting() {
                            @Override
                            public void onStartAsync(AsyncEvent event) {
                                heard.add(name + " start");
                                assertThat(event.getAsyncContext()).isSameAs(async);
                                if (name.equals("2")) {
                                    event.getAsyncContext().addListener(this);
                                }
                            }

                            @Override
                            public void onComplete(AsyncEvent event) {
                                heard.add(name + " complete");
                            }
                        });
                    }
                    async.dispatch("/b");
                })
                .servlet("/b", (request, response) -> request.startAsync().complete())
                .start()) {
            assertThat(app.get("/app/a").status()).isEqualTo(200);
        }
        assertThat(heard).containsExactly("1 start", "2 start", "2 complete");
    }

    @Test
    void theSuppliedObjectsComeBackWithTheEvent() {
        CompletableFuture<ServletRequest> supplied = new CompletableFuture<>();
        List<HttpServletRequest> given = new ArrayList<>();
        Inside.get((request, response) -> {
            AsyncContext async = request.startAsync();
            HttpServletRequest wrapped = new HttpServletRequestWrapper(request);
            given.add(wrapped);
            async.addListener(
                    new Noting() {
                        @Override
                        public void onComplete(AsyncEvent event) {
                            supplied.complete(event.getSuppliedRequest());
                        }
                    },
                    wrapped,
                    response);
            async.complete();
        });
        assertThat(supplied.orTimeout(60, TimeUnit.SECONDS).join()).isSameAs(given.get(0));
    }

    @Test
    void anErrorIsToldThenDispatchedToTheErrorPageThenCompleted() {
        Noting listener = new Noting();
        AtomicInteger pages = new AtomicInteger();
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/a", (request, response) -> {
                    request.startAsync().addListener(listener);
                    throw new ServletException("broken");
                })
                .servlet("/error", (request, response) -> {
                    pages.incrementAndGet();
                    response.getWriter().print("page " + request.getDispatcherType());
                })
                .descriptor(builder ->
                        builder.errorPages(List.of(new dev.sluice.engine.descriptor.ErrorPage(500, null, "/error"))))
                .start()) {
            RawResponse answer = app.get("/app/a");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("page ERROR");
        }
        assertThat(pages).hasValue(1);
        assertThat(listener.calls).containsExactly("error broken", "complete");
    }

    /** Writes once, more than a socket takes, and goes on. */
    private abstract static class Writing implements WriteListener {
        private final ServletOutputStream out;
        private final int size;
        private boolean written;

        Writing(HttpServletResponse response, int size) throws IOException {
            this.out = response.getOutputStream();
            this.size = size;
        }

        abstract void then() throws IOException;

        @Override
        public void onWritePossible() throws IOException {
            if (!written && out.isReady()) {
                written = true;
                out.write(new byte[size]);
                then();
            }
        }

        @Override
        public void onError(Throwable thrown) {}
    }

    @Test
    void aStreamInNonBlockingModeIsClosedByComplete() {
        Inside.Guard guard = new Inside.Guard();
        RawResponse answer = Inside.get((request, response) -> {
            AsyncContext async = request.startAsync();
            response.getOutputStream().setWriteListener(new Writing(response, 3) {
                @Override
                void then() throws IOException {
                    async.complete();
                    guard.run(() -> assertThat(response.isCommitted()).isTrue());
                    response.getOutputStream().write(new byte[5]);
                }
            });
        });
        guard.done();
        assertThat(answer.body()).hasSize(3);
    }

    @Test
    void aStreamInNonBlockingModeIsClosedByADispatch() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/a", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    response.getOutputStream().setWriteListener(new Writing(response, 3) {
                        @Override
                        void then() {
                            async.dispatch("/b");
                        }
                    });
                })
                .servlet("/b", (request, response) -> response.getOutputStream().print("dropped"))
                .start()) {
            assertThat(app.get("/app/a").body()).hasSize(3);
        }
    }

    @Test
    void completionIsToldWhenTheLastNonBlockingWriteIsDone() throws Exception {
        int size = 24 * 1024 * 1024;
        CompletableFuture<Boolean> completed = new CompletableFuture<>();
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        try (TestWebApp app = TestWebApp.builder()
                        .servlet("/a", (request, response) -> {
                            AsyncContext async = request.startAsync();
                            async.addListener(new Noting() {
                                @Override
                                public void onComplete(AsyncEvent event) {
                                    completed.complete(true);
                                }
                            });
                            response.setContentLength(size);
                            response.getOutputStream().setWriteListener(new Writing(response, size) {
                                @Override
                                void then() {
                                    async.complete();
                                    asked.complete(true);
                                }
                            });
                        })
                        .start();
                RawClient client = app.engine().connect()) {
            client.send("GET /app/a HTTP/1.1\r\nHost: a\r\n\r\n");
            asked.orTimeout(60, TimeUnit.SECONDS).join();
            String head = client.line();
            assertThat(head).contains("200");
            assertThat(completed).as("while most of it is still to be sent").isNotDone();
            client.in().skipNBytes(size);
            assertThat(completed.orTimeout(60, TimeUnit.SECONDS).join()).isTrue();
        }
    }

    @Test
    void aTaskRunsOnAThreadOfTheContainer() {
        CompletableFuture<ClassLoader> loader = new CompletableFuture<>();
        Inside.get((request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                loader.complete(Thread.currentThread().getContextClassLoader());
                async.complete();
            });
        });
        assertThat(loader.orTimeout(60, TimeUnit.SECONDS).join()).isSameAs(TestWebApp.class.getClassLoader());
    }
}
