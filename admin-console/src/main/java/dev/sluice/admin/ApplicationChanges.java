package dev.sluice.admin;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerContext;
import dev.sluice.api.Request;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import dev.sluice.deploy.access.Journal;
import dev.sluice.deploy.access.Role;
import dev.sluice.deploy.configuration.ManagementKeys;
import dev.sluice.deploy.json.Json;
import dev.sluice.deploy.json.JsonReader;
import dev.sluice.deploy.management.ServerView;
import dev.sluice.deploy.operation.Control;
import dev.sluice.deploy.operation.Operation;
import dev.sluice.deploy.operation.OperationException;
import dev.sluice.engine.routing.VirtualHost;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deploys, redeploys, starts, stops and undeploys applications, and goes back to what was there before. Each is an operation: the answer is
 * 202 and says where it is followed; with {@code wait=SECONDS} it is that of its end, if that comes in time.
 */
final class ApplicationChanges {
    private static final int LONGEST_WAIT = 600;
    private static final int LONGEST_TEXT = 16 << 10;

    private final Control control;
    private final Doors doors;
    private final long uploadSize;

    ApplicationChanges(ServerView server, Doors doors, Journal journal) {
        this.control = server.control();
        this.doors = doors;
        this.uploadSize = server.configuration().value(ManagementKeys.UPLOAD_SIZE);
        control.follow(operation -> journal.add(new Journal.Entry(
                operation.who(),
                "server",
                "end of " + operation.what(),
                operation.application(),
                word(operation) + (operation.detail().isEmpty() ? "" : ": " + operation.detail()),
                "operation " + operation.id())));
    }

    private interface Change {
        Operation begin(Request request, String who) throws IOException, OperationException;
    }

    void register(Setup setup) {
        setup.post(
                "/api/v1/apps",
                doors.journalled(
                        request -> new Doors.Change("deploy by path", ""),
                        doors.server(Role.OPERATOR, change(this::deployPath))));
        for (String application : List.of("/api/v1/apps/{name}", "/api/v1/apps/{host}/{name}")) {
            setup.put(application, on("deploy", this::upload))
                    .delete(application, on("undeploy", (request, who) -> control.undeploy(name(request), who)))
                    .post(
                            application + "/redeploy",
                            on("redeploy", (request, who) -> control.redeploy(name(request), who)))
                    .post(application + "/start", on("start", (request, who) -> control.start(name(request), who)))
                    .post(application + "/stop", on("stop", (request, who) -> control.stop(name(request), who)))
                    .post(
                            application + "/back",
                            on(
                                    "back",
                                    (request, who) -> control.back(
                                            name(request), request.query().first("hash"), who)));
        }
        setup.get("/api/v1/operations", doors.anywhere(Role.VIEWER, this::operations))
                .get("/api/v1/operations/{id}", doors.anywhere(Role.VIEWER, this::operation))
                .post(
                        "/api/v1/operations/{id}/cancel",
                        doors.journalled(
                                request -> new Doors.Change("cancel", request.parameter("id")),
                                doors.anywhere(Role.OPERATOR, this::cancel)));
    }

    private static String name(Request request) {
        return Doors.applicationName(request);
    }

    private Handler on(String what, Change change) {
        return doors.journalled(
                request -> new Doors.Change(what, name(request)), doors.application(Role.OPERATOR, change(change)));
    }

    private static Handler change(Change change) {
        return (request, context) -> {
            int wait = wait(request);
            try {
                return begun(change.begin(request, Doors.identity(context).name()), wait);
            } catch (OperationException e) {
                throw problem(e);
            }
        };
    }

    private static int wait(Request request) {
        String text = request.query().first("wait").orElse("0");
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > LONGEST_WAIT) {
            throw Problem.badRequest("wait: " + text + " (expected: seconds, 0 to " + LONGEST_WAIT + ")");
        }
        return Integer.parseInt(text);
    }

    private static Response begun(Operation operation, int wait) throws InterruptedException {
        boolean over = wait > 0 && operation.await(wait);
        if (!over) {
            return Response.json(Json.write(fields(operation)))
                    .withStatus(202)
                    .withHeader("Location", "/api/v1/operations/" + operation.id());
        }
        if (operation.outcome() == Operation.Outcome.DONE) {
            return Response.json(Json.write(fields(operation)));
        }
        throw Problem.of(
                        422,
                        "operation-" + word(operation),
                        "The operation has ended without success",
                        operation.what() + " of " + operation.application() + " " + word(operation) + ": "
                                + operation.detail())
                .with("operation", fields(operation));
    }

    private static Problem problem(OperationException e) {
        String detail = String.valueOf(e.getMessage());
        return switch (e.kind()) {
            case BAD -> Problem.badRequest(detail);
            case UNKNOWN -> Problem.notFound(detail);
            case CONFLICT -> Problem.conflict(detail);
            case TOO_LONG -> Problem.of(413, detail);
            case OTHER_HASH -> Problem.of(400, "other-hash", "The archive is not the one that was announced", detail);
        };
    }

    private Operation upload(Request request, String who) throws IOException, OperationException {
        if (request.header("Content-Encoding").isPresent()
                || request.header("Content-Range").isPresent()) {
            throw Problem.of(415, "Content-Encoding or Content-Range is set (expected: the whole archive as it is)");
        }
        Map<String, String> path = request.pathParameters();
        return control.upload(
                path.getOrDefault("host", VirtualHost.DEFAULT.name()),
                request.parameter("name"),
                request.body().stream(),
                request.body().length().orElse(-1),
                uploadSize,
                Digests.sha256(request),
                who);
    }

    private Operation deployPath(Request request, String who) throws IOException, OperationException {
        Map<String, Object> body;
        try {
            body = JsonReader.object(request.body().text(LONGEST_TEXT));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(e.getMessage() + " (expected: an object such as"
                    + " {\"name\":\"shop\",\"path\":\"/srv/shop.war\"}, with \"host\" for a virtual host)");
        }
        try {
            return control.deploy(
                    text(body, "host", VirtualHost.DEFAULT.name()),
                    text(body, "name", null),
                    Path.of(text(body, "path", null)),
                    who);
        } catch (InvalidPathException e) {
            throw Problem.badRequest("path: " + e.getMessage() + " (expected: a path on the server)");
        }
    }

    private static String text(Map<String, Object> body, String name, @Nullable String absent) {
        Object value = body.getOrDefault(name, absent);
        if (value instanceof String text) {
            return text;
        }
        throw Problem.badRequest(name + ": " + value + " (expected: text)");
    }

    private static String word(Operation operation) {
        return operation.outcome().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> fields(Operation operation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", operation.id());
        fields.put("what", operation.what());
        fields.put("application", operation.application());
        fields.put("who", operation.who());
        fields.put("outcome", word(operation));
        fields.put("percent", operation.percent());
        fields.put("detail", operation.detail());
        fields.put("hash", operation.hash());
        fields.put("begun", operation.begun().toString());
        fields.put("ended", operation.ended().map(Object::toString).orElse(""));
        fields.put("steps", ApplicationDetail.parts(operation.parts()));
        return fields;
    }

    private Response operations(Request request, HandlerContext context) {
        return Listing.of(
                request,
                control.operations().stream()
                        .filter(each -> Doors.identity(context).may(Role.VIEWER, each.application()))
                        .map(ApplicationChanges::fields)
                        .toList());
    }

    private Operation find(Request request, HandlerContext context, Role role) {
        String id = request.parameter("id");
        Optional<Operation> found = control.operation(id);
        Operation operation = found.orElseThrow(() -> Problem.notFound(
                "operation: " + id + " (expected: one of this process; of those that are over the newest are known)"));
        Doors.require(context, role, operation.application());
        return operation;
    }

    private Response operation(Request request, HandlerContext context) {
        return Response.json(Json.write(fields(find(request, context, Role.VIEWER))));
    }

    private Response cancel(Request request, HandlerContext context) {
        Operation operation = find(request, context, Role.OPERATOR);
        try {
            control.cancel(operation);
        } catch (OperationException e) {
            throw problem(e);
        }
        return Response.json(Json.write(fields(operation)));
    }
}
