package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ForkedPerRequest;
import dev.sluice.api.Shared;
import dev.sluice.api.Templates;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A servlet that is forked per request keeps nothing of a request in its fields. */
class ForkedPerRequestTest {

    private static class Cart extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient List<String> items = new ArrayList<>();

        @Shared
        private final transient CyclicBarrier both;

        @Shared
        final transient AtomicInteger calls;

        private transient ServletConfig configuration;
        private transient Templates templates;
        private int count;

        Cart(CyclicBarrier both, AtomicInteger calls) {
            this.both = both;
            this.calls = calls;
        }

        @Override
        public void init(ServletConfig config) throws ServletException {
            super.init(config);
            configuration = config;
            templates = Templates.of(getServletContext());
            calls.addAndGet(1000);
            items.add("init");
        }

        @Override
        public void destroy() {
            calls.addAndGet(1_000_000);
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            calls.incrementAndGet();
            count++;
            if (request.getParameter("item") != null && count == 1) {
                items.add(request.getParameter("item"));
                TemplatesTest.meet(both);
            }
            if (request.getParameter("forward") != null && count < 3) {
                request.getRequestDispatcher("/cart").forward(request, response);
            } else if (request.getParameter("async") != null && request.getDispatcherType() != DispatcherType.ASYNC) {
                request.startAsync().dispatch();
            } else {
                boolean same = configuration == getServletConfig()
                        && getServletContext() == request.getServletContext()
                        && templates == Templates.of(getServletContext())
                        && "cart".equals(getServletName());
                response.getWriter().print(items + " " + count + " " + same);
            }
        }
    }

    @ForkedPerRequest
    private static final class ForkedCart extends Cart {
        private static final long serialVersionUID = 1L;

        ForkedCart(CyclicBarrier both, AtomicInteger calls) {
            super(both, calls);
        }
    }

    @ForkedPerRequest
    private static final class Reader extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient List<Object> sources = new ArrayList<>();

        @Shared
        private final transient List<String> events;

        Reader(List<String> events) {
            this.events = events;
        }

        @Override
        public void init() {
            events.add("init");
            sources.add(new FileInputStream(FileDescriptor.in));
        }

        @Override
        public void destroy() {
            events.add("destroy");
        }
    }

    private final CyclicBarrier both = new CyclicBarrier(2);
    private final AtomicInteger calls = new AtomicInteger();

    private static TestWebApp.Builder serving(HttpServlet servlet, Map<String, String> parameters) {
        return TestWebApp.builder().setup(context -> register(context, servlet).setInitParameters(parameters));
    }

    private static ServletRegistration.Dynamic register(ServletContext context, HttpServlet servlet) {
        ServletRegistration.Dynamic registration = context.addServlet("cart", servlet);
        registration.addMapping("/cart");
        registration.setAsyncSupported(true);
        return registration;
    }

    private static List<String> bodies(TestWebApp app) {
        CompletableFuture<String> other = CompletableFuture.supplyAsync(
                () -> app.get("/app/cart?item=tea").body());
        String mine = app.get("/app/cart?item=milk").body();
        return List.of(mine, other.orTimeout(60, TimeUnit.SECONDS).join());
    }

    @Test
    void requestsAtTheSameTimeHaveFieldsOfTheirOwn() {
        try (TestWebApp app = serving(new ForkedCart(both, calls), Map.of()).start()) {
            assertThat(bodies(app)).containsExactly("[init, milk] 1 true", "[init, tea] 1 true");
            assertThat(app.get("/app/cart").body()).isEqualTo("[init] 1 true");
        }
    }

    @Test
    void withoutItTheyShareTheFields() {
        try (TestWebApp app = serving(new Cart(both, calls), Map.of()).start()) {
            app.get("/app/cart");
            assertThat(app.get("/app/cart").body()).isEqualTo("[init] 2 true");
        }
    }

    @Test
    void theInitParameterCountsBeforeTheClass() {
        String parameter = ForkedPerRequest.class.getName();
        try (TestWebApp app =
                serving(new Cart(both, calls), Map.of(parameter, "true")).start()) {
            assertThat(bodies(app)).containsExactly("[init, milk] 1 true", "[init, tea] 1 true");
        }
        try (TestWebApp app =
                serving(new ForkedCart(both, calls), Map.of(parameter, "false")).start()) {
            app.get("/app/cart");
            assertThat(app.get("/app/cart").body()).isEqualTo("[init] 2 true");
        }
        assertThatThrownBy(() ->
                        serving(new Cart(both, calls), Map.of(parameter, "yes")).start())
                .hasMessageContaining("yes")
                .hasMessageContaining("true or false");
    }

    @Test
    void oneForkServesTheWholeRequest() {
        try (TestWebApp app = serving(new ForkedCart(both, calls), Map.of()).start()) {
            assertThat(app.get("/app/cart?forward=1").body()).isEqualTo("[init] 3 true");
            assertThat(app.get("/app/cart?async=1").body()).isEqualTo("[init] 2 true");
        }
    }

    @Test
    void initAndDestroyAreCalledOnceAndSharedFieldsStayShared() {
        try (TestWebApp app = serving(new ForkedCart(both, calls), Map.of()).start()) {
            assertThat(calls).hasValue(1000);
            app.get("/app/cart");
            app.get("/app/cart");
            assertThat(calls).hasValue(1002);
        }
        assertThat(calls).hasValue(1_001_002);
    }

    @Test
    void whatCannotBeForkedFailsTheStartWithItsPath() {
        List<String> events = new ArrayList<>();
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            ServletApplication application =
                    serving(new Reader(events), Map.of()).create(scheduler);
            assertThatThrownBy(application::start)
                    .isInstanceOf(ServletException.class)
                    .hasMessageStartingWith("The servlet cart (" + Reader.class.getName() + ") is forked per request: ")
                    .hasMessageContaining("servlet cart.sources")
                    .hasMessageContaining("-> java.io.FileInputStream: an open stream");
        } finally {
            scheduler.shutdownNow();
        }
        assertThat(events).containsExactly("init", "destroy");
    }
}
