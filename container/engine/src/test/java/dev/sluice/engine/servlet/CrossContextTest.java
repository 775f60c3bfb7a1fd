package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dispatches into another application: its context, its paths, its sessions, its listeners (Servlet 6.1, 4.3 and 7.3). */
class CrossContextTest {
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private ServletApplication other;

    @BeforeEach
    void startOther() throws Exception {
        other = TestWebApp.builder()
                .contextPath("/other")
                .setup(context -> context.addListener(new ServletRequestListener() {
                    @Override
                    public void requestInitialized(ServletRequestEvent event) {
                        heard.add("in " + event.getServletContext().getContextPath());
                    }

                    @Override
                    public void requestDestroyed(ServletRequestEvent event) {
                        heard.add("out");
                    }
                }))
                .servlet("/target", (request, response) -> {
                    request.getSession().setAttribute("name", "other");
                    response.getWriter()
                            .print(request.getContextPath() + request.getServletPath() + " "
                                    + request.getServletContext().getContextPath() + " "
                                    + request.getSession().getId() + " ");
                })
                .create(scheduler);
        other.start();
    }

    @AfterEach
    void stopOther() {
        other.stop();
        scheduler.shutdownNow();
    }

    private TestWebApp app(boolean crossContext) {
        return TestWebApp.builder()
                .options(options -> options.crossContext(crossContext))
                .environment(builder ->
                        builder.contextLookup(path -> path.startsWith("/other") ? other.servletContext() : null))
                .servlet("/forward", (request, response) -> {
                    ServletContext context = request.getServletContext().getContext("/other");
                    if (context == null) {
                        response.getWriter().print("null");
                    } else {
                        context.getRequestDispatcher("/target").forward(request, response);
                    }
                })
                .servlet("/include", (request, response) -> {
                    request.getServletContext()
                            .getContext("/other")
                            .getRequestDispatcher("/target")
                            .include(request, response);
                    response.getWriter()
                            .print(request.getSession().getId() + " "
                                    + request.getSession().getAttribute("name"));
                })
                .start();
    }

    @Test
    void forward() {
        try (TestWebApp app = app(true)) {
            assertThat(app.get("/app/forward").body()).startsWith("/other/target /other ");
            // The forward completes the response, so the client may have it before the request is over.
            await().untilAsserted(() -> assertThat(heard).containsExactly("in /other", "out"));
        }
    }

    @Test
    void includeSharesTheIdButNotTheAttributes() {
        try (TestWebApp app = app(true)) {
            String[] words = app.get("/app/include").body().split(" ");
            assertThat(words[0]).isEqualTo("/app/include");
            assertThat(words[1]).isEqualTo("/other");
            assertThat(words[2]).isEqualTo(words[3]);
            assertThat(words[4]).isEqualTo("null");
        }
    }

    @Test
    void switchedOffByDefault() {
        try (TestWebApp app = app(false)) {
            assertThat(app.get("/app/forward").body()).isEqualTo("null");
        }
    }
}
