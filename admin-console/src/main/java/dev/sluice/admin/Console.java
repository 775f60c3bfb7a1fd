package dev.sluice.admin;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import dev.sluice.deploy.configuration.Keys;
import dev.sluice.deploy.json.Json;
import dev.sluice.deploy.management.Management;
import dev.sluice.deploy.management.ServerView;
import dev.sluice.engine.observe.RequestObserver;
import java.util.List;
import java.util.Map;

/**
 * What answers on the management listener. Every route is a GET that changes nothing.
 *
 * <pre>
 * /metrics                              Prometheus or OpenMetrics text
 * /health/started /health/ready /health/live   200 or 503, with the culprits
 * /api/v1/apps /api/v1/stats /api/v1/loaders   JSON
 * /api/v1/apps/NAME/templates           JSON: what its requests fork, and what that takes
 * /api/v1/requests /api/v1/routes /api/v1/loops   JSON: what it does now
 * </pre>
 */
final class Console implements Management, HandlerApplication {
    private static final List<String> PATHS = List.of(
            "/metrics",
            "/health/live",
            "/health/ready",
            "/health/started",
            "/api/v1/apps",
            "/api/v1/apps/NAME/templates",
            "/api/v1/stats",
            "/api/v1/requests",
            "/api/v1/routes",
            "/api/v1/loops",
            "/api/v1/loaders");

    private final ServerView server;
    private final RequestMetrics requests;
    private final Metrics metrics;

    Console(ServerView server) {
        this.server = server;
        this.metrics = new Metrics(server);
        this.requests = new RequestMetrics(server, metrics.registry());
    }

    @Override
    public HandlerApplication application() {
        return this;
    }

    @Override
    public RequestObserver observer() {
        return requests;
    }

    @Override
    public void start(Setup setup) {
        Health health = new Health(server);
        Status status = new Status(server);
        Activity activity = new Activity(server);
        TemplateTrees templates = new TemplateTrees(server);
        setup.use(new OwnPagesOnly(server.configuration().value(Keys.MANAGEMENT_NAMES)))
                .get("/", json(() -> Map.of("paths", PATHS)))
                .get("/metrics", metrics)
                .get("/health/live", (request, context) -> health.live())
                .get("/health/ready", (request, context) -> health.ready())
                .get("/health/started", (request, context) -> health.started())
                .get("/api/v1/apps", json(status::applications))
                .get("/api/v1/apps/{name}/templates", templates)
                .get("/api/v1/apps/{host}/{name}/templates", templates)
                .get("/api/v1/stats", json(status::figures))
                .get("/api/v1/requests", json(activity::requests))
                .get("/api/v1/routes", json(activity::routes))
                .get("/api/v1/loops", json(activity::loops))
                .get("/api/v1/loaders", json(status::loaders));
    }

    private interface Value {
        Object now();
    }

    private static Handler json(Value value) {
        return (request, context) -> Response.json(Json.write(value.now()));
    }
}
