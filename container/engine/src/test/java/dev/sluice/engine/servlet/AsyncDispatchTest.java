package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** {@code AsyncContext.dispatch}: where it goes and what the request shows there (Servlet 6.1, 2.3.3.3 and 9.7). */
class AsyncDispatchTest {

    private static void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter()
                .print(request.getDispatcherType() + " " + request.getRequestURI() + " " + request.getQueryString()
                        + " "
                        + request.getAttribute(AsyncContext.ASYNC_REQUEST_URI) + " "
                        + request.getAttribute(AsyncContext.ASYNC_QUERY_STRING));
    }

    @Test
    void toAPathFromTheContainersThread() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/start", (request, response) -> request.startAsync().dispatch("/target?b=2"))
                .servlet("/target", AsyncDispatchTest::show)
                .start()) {
            assertThat(app.get("/app/start?a=1").body()).isEqualTo("ASYNC /app/target b=2 /app/start a=1");
        }
    }

    @Test
    void toAPathFromAnotherThread() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/start", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    new Thread(() -> async.dispatch("/target")).start();
                })
                .servlet("/target", AsyncDispatchTest::show)
                .start()) {
            assertThat(app.get("/app/start?a=1").body()).isEqualTo("ASYNC /app/target a=1 /app/start a=1");
        }
    }

    @Test
    void toItself() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/again/*", (request, response) -> {
                    if (request.getDispatcherType() == DispatcherType.ASYNC) {
                        show(request, response);
                    } else {
                        request.startAsync().dispatch();
                    }
                })
                .start()) {
            assertThat(app.get("/app/again/x%20y?a=1").body())
                    .isEqualTo("ASYNC /app/again/x%20y a=1 /app/again/x%20y a=1");
        }
    }

    @Test
    void afterAForwardToTheFirstPathOrToTheForwardedOne() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/a", (request, response) -> {
                    if (request.getDispatcherType() == DispatcherType.ASYNC) {
                        response.getWriter().print("a");
                    } else {
                        request.getRequestDispatcher("/b").forward(request, response);
                    }
                })
                .servlet("/b", (request, response) -> {
                    if (request.getDispatcherType() == DispatcherType.ASYNC) {
                        response.getWriter().print("b");
                    } else if (request.getParameter("with") != null) {
                        request.startAsync(request, response).dispatch();
                    } else {
                        request.startAsync().dispatch();
                    }
                })
                .start()) {
            assertThat(app.get("/app/a").body()).isEqualTo("a");
            assertThat(app.get("/app/a?with=1").body()).isEqualTo("b");
        }
    }

    @Test
    void severalCycles() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/cycle", (request, response) -> {
                    Integer count = (Integer) request.getAttribute("count");
                    int next = count == null ? 1 : count + 1;
                    request.setAttribute("count", next);
                    response.getWriter().print(next);
                    if (next < 5) {
                        AsyncContext async = request.startAsync();
                        async.start(async::dispatch);
                    }
                })
                .start()) {
            assertThat(app.get("/app/cycle").body()).isEqualTo("12345");
        }
    }

    @Test
    void theWrapperComesAlongIfItWasGiven() {
        AtomicReference<Object> given = new AtomicReference<>();
        AtomicReference<Object> seen = new AtomicReference<>();
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/start", (request, response) -> {
                    HttpServletRequestWrapper wrapper = new HttpServletRequestWrapper(request);
                    given.set(wrapper);
                    AsyncContext async = request.startAsync(wrapper, response);
                    response.getWriter().print(async.hasOriginalRequestAndResponse());
                    async.dispatch("/target");
                })
                .servlet("/target", (request, response) -> seen.set(request))
                .start()) {
            assertThat(app.get("/app/start").body()).isEqualTo("false");
            assertThat(seen.get()).isSameAs(given.get());
        }
    }

    @Test
    void oneDispatchInACycle() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/start", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    async.dispatch("/target");
                    try {
                        async.dispatch("/target");
                    } catch (IllegalStateException expected) {
                        response.getWriter().print("illegal ");
                    }
                    try {
                        async.getRequest();
                    } catch (IllegalStateException expected) {
                        response.getWriter().print("illegal " + request.isAsyncStarted());
                    }
                })
                .servlet("/target", (request, response) -> response.getWriter().print(" " + request.isAsyncStarted()))
                .start()) {
            assertThat(app.get("/app/start").body()).isEqualTo("illegal illegal true false");
        }
    }
}
