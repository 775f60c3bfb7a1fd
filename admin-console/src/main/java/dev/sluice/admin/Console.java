package dev.sluice.admin;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerApplication;
import dev.sluice.api.HandlerContext;
import dev.sluice.api.Request;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import dev.sluice.deploy.access.Access;
import dev.sluice.deploy.access.Identity;
import dev.sluice.deploy.access.Journal;
import dev.sluice.deploy.access.Role;
import dev.sluice.deploy.configuration.ManagementKeys;
import dev.sluice.deploy.json.Json;
import dev.sluice.deploy.management.Management;
import dev.sluice.deploy.management.ServerView;
import dev.sluice.engine.observe.RequestObserver;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What answers on the management listener: metrics and health for whoever watches, the API for who has a login.
 *
 * <pre>
 * /metrics                              Prometheus or OpenMetrics text
 * /health/started /health/ready /health/live   200 or 503, with the culprits
 * /api/v1/apps /api/v1/stats /api/v1/loaders   JSON
 * /api/v1/apps/NAME                     JSON: one of them, as a whole; PUT deploys it, DELETE undeploys it
 * /api/v1/apps/NAME/ACTION              POST: redeploy, start, stop, back
 * /api/v1/operations                    JSON: what is being done to applications; POST .../ID/cancel
 * /api/v1/apps/NAME/templates           JSON: what its requests fork, and what that takes
 * /api/v1/requests /api/v1/routes /api/v1/loops   JSON: what it does now
 * /api/v1/me /api/v1/journal            JSON: who asks, and who changed what
 * </pre>
 */
final class Console implements Management, HandlerApplication {
    private static final List<String> PATHS = List.of(
            "/metrics",
            "/health/live",
            "/health/ready",
            "/health/started",
            "/api/v1/apps",
            "/api/v1/apps/NAME",
            "/api/v1/apps/NAME/templates",
            "/api/v1/operations",
            "/api/v1/stats",
            "/api/v1/requests",
            "/api/v1/routes",
            "/api/v1/loops",
            "/api/v1/loaders",
            "/api/v1/me",
            "/api/v1/journal");

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
        Access access = server.access();
        Journal journal = new Journal(access.directory(), Clock.systemUTC());
        Doors doors = new Doors(access, journal, server.configuration().value(ManagementKeys.PROBE_TOKEN));
        setup.use(new OwnPagesOnly(server.configuration().value(ManagementKeys.NAMES)))
                .use(new Problems())
                .get("/", (request, context) -> Response.json(Json.write(Map.of("paths", PATHS))));
        probes(setup, doors);
        lists(setup, doors);
        new ApplicationChanges(server, doors, journal).register(setup);
        setup.get("/api/v1/me", doors.anywhere(Role.VIEWER, Console::me))
                .get(
                        "/api/v1/journal",
                        doors.server(Role.VIEWER, (request, context) -> Listing.of(request, journal.entries())));
    }

    private void probes(Setup setup, Doors doors) {
        Health health = new Health(server);
        setup.get("/metrics", doors.probe(metrics))
                .get("/health/live", doors.probe((request, context) -> health.live()))
                .get("/health/ready", doors.probe((request, context) -> health.ready()))
                .get("/health/started", doors.probe((request, context) -> health.started()));
    }

    private void lists(Setup setup, Doors doors) {
        Status status = new Status(server);
        Activity activity = new Activity(server);
        Handler detail = doors.application(Role.VIEWER, new ApplicationDetail(server));
        Handler templates = doors.application(Role.VIEWER, new TemplateTrees(server));
        setup.get("/api/v1/apps", doors.anywhere(Role.VIEWER, visible("name", status::applications)))
                .get("/api/v1/apps/{name}", detail)
                .get("/api/v1/apps/{host}/{name}", detail)
                .get("/api/v1/apps/{name}/templates", templates)
                .get("/api/v1/apps/{host}/{name}/templates", templates)
                .get("/api/v1/requests", doors.anywhere(Role.VIEWER, visible("application", activity::requests)))
                .get("/api/v1/routes", doors.anywhere(Role.VIEWER, visible("application", activity::routes)))
                .get("/api/v1/loaders", doors.anywhere(Role.VIEWER, visible("application", status::loaders)))
                .get("/api/v1/loops", doors.server(Role.VIEWER, all(activity::loops)))
                .get(
                        "/api/v1/stats",
                        doors.server(Role.VIEWER, (request, context) -> Response.json(Json.write(status.figures()))));
    }

    private static Response me(Request request, HandlerContext context) {
        Identity identity = Doors.identity(context);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", identity.name());
        fields.put("roles", identity.grants());
        return Response.json(Json.write(fields));
    }

    private interface Items {
        List<Map<String, Object>> now();
    }

    private static Handler all(Items items) {
        return (request, context) -> Listing.of(request, items.now());
    }

    /** Those of applications that the client may see. */
    private static Handler visible(String nameField, Items items) {
        return (request, context) -> {
            Identity identity = Doors.identity(context);
            return Listing.of(
                    request,
                    items.now().stream()
                            .filter(item -> identity.may(Role.VIEWER, String.valueOf(item.get(nameField))))
                            .toList());
        };
    }
}
