package dev.sluice.engine.servlet;

import dev.sluice.engine.descriptor.WebApplication;
import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestEngine;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A web application made of lambdas behind the real gate, on a loopback socket.
 *
 * <pre>{@code
 * try (TestWebApp app = TestWebApp.builder().servlet("/x", (request, response) -> ...).start()) {
 *     assertThat(app.get("/app/x").status()).isEqualTo(200);
 * }
 * }</pre>
 */
final class TestWebApp implements AutoCloseable {
    private final ServletApplication application;
    private final ScheduledExecutorService scheduler;
    private final TestEngine engine;

    private TestWebApp(ServletApplication application, ScheduledExecutorService scheduler, TestEngine engine) {
        this.application = application;
        this.scheduler = scheduler;
        this.engine = engine;
    }

    /** What a servlet does. */
    interface Code {
        void run(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException;
    }

    /** An application at {@code /app}. */
    static Builder builder() {
        return new Builder();
    }

    /** A GET. */
    RawResponse get(String target) {
        return engine.get(target);
    }

    /** A request as text. */
    RawResponse send(String request) {
        return engine.send(request);
    }

    TestEngine engine() {
        return engine;
    }

    ServletApplication application() {
        return application;
    }

    @Override
    public void close() {
        engine.close();
        application.stop();
        scheduler.shutdownNow();
    }

    /** Collects what an application is made of. */
    static final class Builder {
        private final List<Consumer<ServletContext>> setup = new ArrayList<>();
        private final Map<String, String> files = new LinkedHashMap<>();
        private final List<ServletApplication> others = new ArrayList<>();
        private UnaryOperator<WebApplication.Builder> descriptor = builder -> builder;
        private UnaryOperator<ServletEnvironment.Builder> environment = builder -> builder;
        private final ServletOptions.Builder options = ServletOptions.builder();
        private String contextPath = "/app";
        private HttpOptions http = HttpOptions.defaults();
        private int names;

        Builder contextPath(String path) {
            contextPath = path;
            return this;
        }

        /** A servlet with asynchronous support, named {@code s1}, {@code s2} ... in the order of the calls. */
        Builder servlet(String pattern, Code code) {
            String name = "s" + ++names;
            return setup(context -> register(context, name, code).addMapping(pattern));
        }

        Builder namedServlet(String name, Code code, String... patterns) {
            return setup(context -> {
                ServletRegistration registration = register(context, name, code);
                if (patterns.length > 0) {
                    registration.addMapping(patterns);
                }
            });
        }

        private static ServletRegistration.Dynamic register(ServletContext context, String name, Code code) {
            ServletRegistration.Dynamic registration = context.addServlet(name, new Lambda(code));
            registration.setAsyncSupported(true);
            return registration;
        }

        Builder filter(String pattern, Filter filter, DispatcherType... types) {
            String name = "f" + ++names;
            return setup(context -> {
                FilterRegistration.Dynamic registration = context.addFilter(name, filter);
                registration.setAsyncSupported(true);
                EnumSet<DispatcherType> set = EnumSet.noneOf(DispatcherType.class);
                set.addAll(List.of(types));
                registration.addMappingForUrlPatterns(set, true, pattern);
            });
        }

        Builder setup(Consumer<ServletContext> step) {
            setup.add(step);
            return this;
        }

        Builder file(String path, String text) {
            files.put(path, text);
            return this;
        }

        Builder descriptor(UnaryOperator<WebApplication.Builder> change) {
            UnaryOperator<WebApplication.Builder> before = descriptor;
            descriptor = builder -> change.apply(before.apply(builder));
            return this;
        }

        Builder environment(UnaryOperator<ServletEnvironment.Builder> change) {
            environment = change;
            return this;
        }

        Builder options(Consumer<ServletOptions.Builder> change) {
            change.accept(options);
            return this;
        }

        Builder http(HttpOptions value) {
            http = value;
            return this;
        }

        /** Another application that is started already. */
        Builder beside(ServletApplication other) {
            others.add(other);
            return this;
        }

        /** The application alone, not started. */
        ServletApplication create(ScheduledExecutorService scheduler) {
            try {
                ServletEnvironment.Builder parts = ServletEnvironment.builder(
                                contextPath, TestWebApp.class.getClassLoader(), new TestResources(files), scheduler)
                        .temporaryDirectory(Files.createTempDirectory("sluice-test"))
                        .options(options.build())
                        .initializers(List.of(new ContainerInitializer(
                                (types, context) -> setup.forEach(step -> step.accept(context)), Set.of())));
                return ServletApplication.create(
                        descriptor.apply(WebApplication.builder()).build(),
                        environment.apply(parts).build());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        TestWebApp start() {
            ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
            try {
                ServletApplication application = create(scheduler);
                application.start();
                TestEngine.Builder engine = TestEngine.builder(application).http(http);
                others.forEach(engine::add);
                return new TestWebApp(
                        application,
                        scheduler,
                        engine.mount(mount -> mount.withDevelopment(false)).start());
            } catch (ServletException e) {
                scheduler.shutdownNow();
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class Lambda extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient Code code;

        Lambda(Code code) {
            this.code = Objects.requireNonNull(code);
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            code.run(request, response);
        }
    }
}
