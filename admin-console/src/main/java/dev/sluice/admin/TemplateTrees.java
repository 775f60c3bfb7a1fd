package dev.sluice.admin;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerContext;
import dev.sluice.api.Request;
import dev.sluice.api.Response;
import dev.sluice.deploy.json.Json;
import dev.sluice.deploy.management.ApplicationView;
import dev.sluice.deploy.management.ServerView;
import dev.sluice.fork.ForkStatistics;
import dev.sluice.fork.Template;
import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.ForkCost;
import dev.sluice.fork.report.ForkNode;
import dev.sluice.fork.report.ForkPlan;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.FutureTask;

/**
 * The templates of one application as JSON: what a fork copies, and what that takes, measured when somebody asks. That is done by a
 * thread of its own, as the JVM does not tell what virtual threads allocate.
 */
final class TemplateTrees implements Handler {
    private static final int NODES = 500;

    private final ServerView server;

    TemplateTrees(ServerView server) {
        this.server = server;
    }

    /** The application of the default host is asked for by its name, that of another one by {@code HOST/NAME}. */
    @Override
    public Response handle(Request request, HandlerContext context) throws Exception {
        String name = String.join("/", request.pathParameters().values());
        ApplicationView found = server.application(name).orElseThrow(() -> Problem.unknownApplication(name));
        FutureTask<String> measuring = new FutureTask<>(() -> Json.write(application(found)));
        Thread thread = new Thread(measuring, "sluice-templates");
        thread.setDaemon(true);
        thread.start();
        return Response.json(measuring.get());
    }

    private static Map<String, Object> application(ApplicationView view) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("application", view.name());
        fields.put("state", view.state().toString());
        fields.put("reason", view.failure());
        fields.put(
                "templates",
                view.templates().stream().map(TemplateTrees::template).toList());
        return fields;
    }

    private static Map<String, Object> template(Template<?> template) {
        ForkPlan plan = template.plan();
        ForkStatistics statistics = template.statistics();
        ForkCost cost = template.measure();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", template.name());
        fields.put("type", template.type().getName());
        fields.put("forks", statistics.forks());
        fields.put("forkNanosTotal", statistics.nanos());
        fields.put("forkNanosMedian", median(statistics.recentNanos()));
        fields.put("forkNanosLeast", cost.nanos());
        fields.put("forkBytes", cost.bytes() < 0 ? plan.bytes() : cost.bytes());
        fields.put("bytesMeasured", cost.bytes() >= 0);
        fields.put("copiedObjects", plan.copiedObjects());
        fields.put("sharedObjects", plan.sharedObjects());
        fields.put("steps", plan.steps());
        fields.put("publishMillis", plan.publishNanos() / 1_000_000);
        fields.put(
                "warnings", template.warnings().stream().map(Finding::toString).toList());
        fields.put("tree", node("", template.tree(NODES, cost)));
        return fields;
    }

    /** Of the forks that were timed last; 0 if none was. */
    private static long median(long[] nanos) {
        Arrays.sort(nanos);
        return nanos.length == 0 ? 0 : nanos[nanos.length / 2];
    }

    private static Map<String, Object> node(String parent, ForkNode node) {
        String path = parent + node.label();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("path", path);
        fields.put("type", node.type());
        fields.put("treatment", node.treatment().name().toLowerCase(Locale.ROOT));
        fields.put("reason", node.reason());
        fields.put("objects", node.objects());
        fields.put("bytes", node.bytes());
        fields.put("nanos", node.nanos());
        fields.put("omitted", node.omitted());
        List<Map<String, Object>> children =
                node.children().stream().map(child -> node(path, child)).toList();
        fields.put("children", children);
        return fields;
    }
}
