package dev.sluice.deploy.scratch;

import dev.sluice.api.Handler;
import dev.sluice.api.Job;
import dev.sluice.api.Middleware;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import dev.sluice.api.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hands everything on, and remembers the routes and what serves them. */
final class RecordingSetup implements Setup {
    /** A route of the application. */
    record Route(String method, String pattern, Handler handler) {
        @Override
        public String toString() {
            return method + " " + pattern;
        }
    }

    private final Setup setup;
    private final List<Route> routes = new ArrayList<>();
    private final List<Middleware> middleware = new ArrayList<>();

    RecordingSetup(Setup setup) {
        this.setup = setup;
    }

    List<Route> routes() {
        return routes;
    }

    List<Middleware> middleware() {
        return middleware;
    }

    @Override
    public String name() {
        return setup.name();
    }

    @Override
    public String contextPath() {
        return setup.contextPath();
    }

    @Override
    public Map<String, String> settings() {
        return setup.settings();
    }

    @Override
    public Setup route(String method, String pattern, Handler handler) {
        setup.route(method, pattern, handler);
        routes.add(new Route(method, pattern, handler));
        return this;
    }

    @Override
    public Setup use(Middleware added) {
        setup.use(added);
        middleware.add(added);
        return this;
    }

    @Override
    public <T> Template<T> template(String name, T value) {
        return setup.template(name, value);
    }

    @Override
    public Setup fixed(String path, Response response) {
        setup.fixed(path, response);
        return this;
    }

    @Override
    public Setup schedule(String name, Duration every, Job job) {
        setup.schedule(name, every, job);
        return this;
    }
}
