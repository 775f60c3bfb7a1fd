package dev.sluice.api.testing;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Job;
import dev.sluice.api.Middleware;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import dev.sluice.api.Template;
import dev.sluice.api.routing.Router;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An application that is called without a socket: it is started, its routes, middleware, forks and fixed responses work
 * as in the server, and {@link Lint} checks every call.
 *
 * <pre>{@code
 * try (InMemory app = InMemory.start(new Shop())) {
 *     assertEquals("7", app.get("/items/7").text());
 *     assertEquals(201, app.call("POST", "/items").body("{}").send().status());
 * }
 * }</pre>
 *
 * <p>Calls run in the calling thread and may be made by several threads.
 */
public final class InMemory implements AutoCloseable {
    private final HandlerApplication application;
    private final String contextPath;
    private final Router router;
    private final Lint lint;
    private final Map<String, InMemoryJob> jobs;

    private InMemory(
            HandlerApplication application,
            String contextPath,
            Router router,
            Lint lint,
            Map<String, InMemoryJob> jobs) {
        this.application = application;
        this.contextPath = contextPath;
        this.router = router;
        this.lint = lint;
        this.jobs = Map.copyOf(jobs);
    }

    /** Starts an application at the root, without settings. */
    public static InMemory start(HandlerApplication application) throws Exception {
        return of(application).start();
    }

    /** An application to be started with something else than the defaults. */
    public static Builder of(HandlerApplication application) {
        return new Builder(Objects.requireNonNull(application, "application"));
    }

    /** Sends a GET request. */
    public Answer get(String target) {
        return call("GET", target).send();
    }

    /**
     * Prepares a call.
     *
     * @param target path within the application and query, as they stand in a request line
     */
    public Call call(String method, String target) {
        return new Call(router, lint, contextPath, method, target);
    }

    /** Opens a WebSocket connection. */
    public InMemoryWebSocket webSocket(String target) {
        return call("GET", target).openWebSocket();
    }

    /** Runs a scheduled job now. */
    public void runJob(String name) throws Exception {
        InMemoryJob job = jobs.get(name);
        if (job == null) {
            throw new IllegalArgumentException("job: " + name + " (expected: one of " + jobs.keySet() + ")");
        }
        job.run();
    }

    /** Stops the application, and throws a {@link LintViolation} if a body was not closed exactly once. */
    @Override
    public void close() throws Exception {
        jobs.values().forEach(InMemoryJob::cancel);
        application.stop();
        lint.verify();
    }

    /** How an application is started; not for use by several threads. */
    public static final class Builder {
        private final HandlerApplication application;
        private final Map<String, String> settings = new HashMap<>();
        private String contextPath = "";
        private @Nullable Forks forks;

        private Builder(HandlerApplication application) {
            this.application = application;
        }

        /** Gives the application a setting. */
        public Builder setting(String key, String value) {
            settings.put(key, value);
            return this;
        }

        /** Mounts the application at a path such as {@code /shop}. */
        public Builder contextPath(String path) {
            contextPath = Objects.requireNonNull(path, "path");
            return this;
        }

        /** Makes forks in another way than the server. */
        public Builder forks(Forks other) {
            forks = Objects.requireNonNull(other, "other");
            return this;
        }

        /** Starts the application. */
        public InMemory start() throws Exception {
            InMemorySetup setup = new InMemorySetup(this);
            setup.use(setup.lint.middleware());
            application.start(setup);
            setup.ended = true;
            return new InMemory(application, contextPath, setup.router.build(), setup.lint, setup.jobs);
        }
    }

    private static final class InMemorySetup implements Setup {
        private final Router.Builder router = new Router.Builder();
        private final Lint lint = new Lint();
        private final Map<String, InMemoryJob> jobs = new HashMap<>();
        private final Map<String, Template<?>> templates = new HashMap<>();
        private final Map<String, String> settings;
        private final String contextPath;
        private @Nullable Forks forks;
        private boolean ended;

        InMemorySetup(Builder builder) {
            settings = Map.copyOf(builder.settings);
            contextPath = builder.contextPath;
            forks = builder.forks;
        }

        @Override
        public String name() {
            return contextPath.isEmpty() ? "ROOT" : contextPath.substring(1).replace('/', '#');
        }

        @Override
        public String contextPath() {
            return contextPath;
        }

        @Override
        public Map<String, String> settings() {
            return settings;
        }

        @Override
        public Setup route(String method, String pattern, Handler handler) {
            open().route(method, pattern, handler);
            return this;
        }

        @Override
        public Setup use(Middleware middleware) {
            open().use(middleware);
            return this;
        }

        @Override
        public Setup fixed(String path, Response response) {
            open().fixed(path, response);
            return this;
        }

        @Override
        public <T> Template<T> template(String name, T value) {
            open();
            if (templates.containsKey(name)) {
                throw new IllegalArgumentException("template: " + name + " (expected: a name that is not taken)");
            }
            InMemoryTemplate<T> template = new InMemoryTemplate<>(name, forks().publish(name, value));
            templates.put(name, template);
            return template;
        }

        @Override
        public Setup schedule(String name, Duration every, Job job) {
            open();
            if (every.isNegative() || every.isZero()) {
                throw new IllegalArgumentException("job " + name + ": every " + every + " (expected: more than 0)");
            }
            if (jobs.putIfAbsent(name, new InMemoryJob(name, job)) != null) {
                throw new IllegalArgumentException("job: " + name + " (expected: a name that is not taken)");
            }
            return this;
        }

        private Router.Builder open() {
            if (ended) {
                throw new IllegalStateException(
                        "the setup of " + name()
                                + " was used after start returned (expected: routes, templates and jobs are registered in start)");
            }
            return router;
        }

        private Forks forks() {
            Forks known = forks;
            if (known == null) {
                known = ServiceLoader.load(Forks.class)
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalStateException("the application has a template, and there is nothing"
                                        + " that makes forks (expected: dev.sluice:sluice-engine on the class path of the"
                                        + " tests, or InMemory.of(application).forks(...))"));
                forks = known;
            }
            return known;
        }
    }

    /** A template of an application in memory. */
    record InMemoryTemplate<T>(String name, Supplier<T> source) implements Template<T> {
        static <T> T fork(Template<T> template) {
            if (template instanceof InMemoryTemplate<T> known) {
                return known.source().get();
            }
            throw new IllegalArgumentException(
                    "template: " + template + " (expected: one that Setup.template of this application returned)");
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
