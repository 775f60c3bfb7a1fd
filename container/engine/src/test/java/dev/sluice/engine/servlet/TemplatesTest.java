package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.HandlerContext;
import dev.sluice.api.Template;
import dev.sluice.api.Templates;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A web application publishes templates in a context listener, and its servlets and filters work on forks. */
class TemplatesTest {
    private static final class Counter {
        private int count;

        int next() {
            return ++count;
        }
    }

    private static Templates templates(ServletContext context) {
        return Templates.of(context);
    }

    private static Counter fork(ServletRequest request) {
        Template<Counter> counter = templates(request.getServletContext()).template("counter", Counter.class);
        return HandlerContext.of(request).fork(counter);
    }

    private static TestWebApp.Builder publishing(BiConsumer<Templates, ServletContext> publish) {
        return TestWebApp.builder()
                .setup(context -> context.addListener(new ServletContextListener() {
                    @Override
                    public void contextInitialized(ServletContextEvent event) {
                        publish.accept(templates(event.getServletContext()), event.getServletContext());
                    }
                }));
    }

    private static TestWebApp.Builder counting() {
        return publishing((templates, context) -> templates.publish("counter", new Counter()));
    }

    static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void requestsAtTheSameTimeDoNotSeeEachOther() {
        CyclicBarrier both = new CyclicBarrier(2);
        try (TestWebApp app = counting()
                .servlet("/", (request, response) -> {
                    Counter mine = fork(request);
                    meet(both);
                    mine.next();
                    meet(both);
                    response.getWriter().print(mine.next());
                })
                .start()) {
            CompletableFuture<String> other =
                    CompletableFuture.supplyAsync(() -> app.get("/app/").body());
            assertThat(app.get("/app/").body()).isEqualTo("2");
            assertThat(other.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo("2");
        }
    }

    @Test
    void filterForwardAndIncludeWorkOnTheSameFork() {
        try (TestWebApp app = counting()
                .filter(
                        "/*",
                        (request, response, chain) -> {
                            fork(request).next();
                            chain.doFilter(new HttpServletRequestWrapper((HttpServletRequest) request), response);
                        },
                        DispatcherType.REQUEST)
                .servlet("/a", (request, response) -> {
                    fork(request).next();
                    request.getRequestDispatcher("/b").forward(request, response);
                })
                .servlet("/b", (request, response) -> {
                    fork(request).next();
                    request.getRequestDispatcher("/c").include(request, response);
                })
                .servlet("/c", (request, response) -> response.getWriter()
                        .print(fork(request).next()))
                .start()) {
            assertThat(app.get("/app/a").body()).isEqualTo("4");
            assertThat(app.get("/app/a").body()).isEqualTo("4");
        }
    }

    @Test
    void asynchronousModeWorksOnTheSameFork() {
        try (TestWebApp app = counting()
                .servlet("/start", (request, response) -> {
                    fork(request).next();
                    AsyncContext async = request.startAsync();
                    new Thread(() -> {
                                fork(async.getRequest()).next();
                                async.dispatch("/target");
                            })
                            .start();
                })
                .servlet("/target", (request, response) -> response.getWriter()
                        .print(fork(request).next()))
                .start()) {
            assertThat(app.get("/app/start").body()).isEqualTo("3");
            assertThat(app.get("/app/start").body()).isEqualTo("3");
        }
    }

    @Test
    void threadsOfOneRequestThatAskAtOnceGetTheSameFork() {
        try (TestWebApp app = counting()
                .servlet("/", (request, response) -> {
                    CyclicBarrier both = new CyclicBarrier(2);
                    CompletableFuture<Counter> other = CompletableFuture.supplyAsync(() -> {
                        meet(both);
                        return fork(request);
                    });
                    meet(both);
                    Counter mine = fork(request);
                    response.getWriter()
                            .print(mine == other.orTimeout(60, TimeUnit.SECONDS).join());
                })
                .start()) {
            for (int i = 0; i < 50; i++) {
                assertThat(app.get("/app/").body()).isEqualTo("true");
            }
        }
    }

    @Test
    void aRefusedPublishNamesThePath() {
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        Map<String, Object> state = new HashMap<>();
        state.put("loader", List.of(new FileInputStream(FileDescriptor.in)));
        try (TestWebApp app = publishing((templates, context) -> {
                    try {
                        templates.publish("state", state);
                    } catch (IllegalArgumentException refused) {
                        refusal.set(refused);
                    }
                })
                .start()) {
            assertThat(refusal.get())
                    .hasMessageContaining("template 'state' cannot be forked")
                    .hasMessageContaining("loader")
                    .hasMessageContaining("java.io.FileInputStream");
            assertThat(app.application().templates()).isEmpty();
        }
    }

    @Test
    void theOptionsOfTheEnvironmentCount() {
        FileInputStream in = new FileInputStream(FileDescriptor.in);
        try (TestWebApp app = publishing((templates, context) -> templates.publish("state", new Object[] {in}))
                .environment(parts -> parts.forks(parts.build().forks().sharing("java.io.FileInputStream")))
                .servlet("/", (request, response) -> {
                    Template<Object[]> state =
                            templates(request.getServletContext()).template("state", Object[].class);
                    Object[] mine = HandlerContext.of(request).fork(state);
                    response.getWriter().print(mine[0] == in);
                })
                .start()) {
            assertThat(app.get("/app/").body()).isEqualTo("true");
        }
    }

    @Test
    void nothingIsPublishedAfterTheListeners() {
        try (TestWebApp app = counting()
                .servlet("/", (request, response) -> {
                    try {
                        templates(request.getServletContext()).publish("late", new Counter());
                    } catch (IllegalStateException expected) {
                        response.getWriter().print(expected.getMessage());
                    }
                })
                .start()) {
            assertThat(app.get("/app/").body())
                    .isEqualTo("Templates.publish() of the application /app after its start"
                            + " (expected: from an initializer or a context listener, while it starts)");
        }
    }

    @Test
    void aNameIsTakenOnceAndFoundAgain() {
        try (TestWebApp app = publishing((templates, context) -> {
                    Template<Map<String, Integer>> published = templates.publish("map", new HashMap<>());
                    Template<Map<String, Integer>> found = templates.template("map", Map.class);
                    assertThat(found).isSameAs(published);
                    assertThatThrownBy(() -> templates.publish("map", "other"))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("'map'");
                    assertThatThrownBy(() -> templates.template("maps", Map.class))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("maps")
                            .hasMessageContaining("[map]");
                    assertThatThrownBy(() -> templates.template("map", List.class))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("java.util.List")
                            .hasMessageContaining("java.util.HashMap");
                })
                .start()) {
            assertThat(app.application().templates()).hasSize(1);
        }
    }

    @Test
    void theTemplatesAreReleasedWithTheApplication() {
        AtomicReference<Templates> kept = new AtomicReference<>();
        AtomicReference<Template<Counter>> seenByDestroyed = new AtomicReference<>();
        TestWebApp app = TestWebApp.builder()
                .setup(context -> context.addListener(new ServletContextListener() {
                    @Override
                    public void contextInitialized(ServletContextEvent event) {
                        kept.set(templates(event.getServletContext()));
                        kept.get().publish("counter", new Counter());
                    }

                    @Override
                    public void contextDestroyed(ServletContextEvent event) {
                        seenByDestroyed.set(kept.get().template("counter", Counter.class));
                    }
                }))
                .start();
        app.close();
        assertThat(seenByDestroyed.get()).isNotNull();
        assertThat(app.application().templates()).isEmpty();
        assertThatThrownBy(() -> kept.get().template("counter", Counter.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("counter");
    }
}
