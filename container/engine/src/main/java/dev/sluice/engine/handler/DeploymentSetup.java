package dev.sluice.engine.handler;

import dev.sluice.api.Handler;
import dev.sluice.api.Job;
import dev.sluice.api.Middleware;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import dev.sluice.api.Template;
import dev.sluice.api.routing.Router;
import dev.sluice.engine.application.PublishedTemplate;
import dev.sluice.fork.Templates;
import dev.sluice.fork.report.ForkException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an application registers while it starts; used by the thread that starts it. */
public final class DeploymentSetup implements Setup {
    private final HandlerDescription description;
    private final Templates templates;
    private final Router.Builder router = new Router.Builder();
    private final Map<String, Jobs.Scheduled> jobs = new LinkedHashMap<>();
    private boolean ended;

    DeploymentSetup(HandlerDescription description, Templates templates) {
        this.description = description;
        this.templates = templates;
    }

    /** Ends the registration. */
    Router end() {
        ended = true;
        return router.build();
    }

    List<Jobs.Scheduled> jobs() {
        return List.copyOf(jobs.values());
    }

    @Override
    public String name() {
        return description.name();
    }

    @Override
    public String contextPath() {
        return description.contextPath();
    }

    @Override
    public Map<String, String> settings() {
        return description.settings();
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
    public <T> Template<T> template(String name, T value) {
        open();
        try {
            return new PublishedTemplate<>(templates.publish(name, value));
        } catch (ForkException | IllegalStateException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public Setup fixed(String path, Response response) {
        open().fixed(path, response);
        return this;
    }

    @Override
    public Setup schedule(String name, Duration every, Job job) {
        open();
        if (every.isNegative() || every.isZero()) {
            throw new IllegalArgumentException("job " + name + ": every " + every + " (expected: more than 0)");
        }
        if (jobs.putIfAbsent(name, new Jobs.Scheduled(name, every, job)) != null) {
            throw new IllegalArgumentException("job: " + name + " (expected: a name that is not taken)");
        }
        return this;
    }

    private Router.Builder open() {
        if (ended) {
            throw new IllegalStateException("the setup of " + name()
                    + " was used after start returned (expected: routes, templates and jobs are registered in start)");
        }
        return router;
    }
}
