package dev.sluice.deploy.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice stats}: figures of a running instance, or what it does now. */
@Command(name = "stats", description = "Prints figures of a running instance.", mixinStandardHelpOptions = true)
final class StatsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @ArgGroup
    private Lists lists = new Lists();

    @Mixin
    private ServerOptions server = new ServerOptions();

    /** At most one of these. */
    static final class Lists {
        @Option(
                names = "--requests",
                description = "The requests that are under way: id, application, path, age and what they do.")
        private boolean requests;

        @Option(names = "--routes", description = "The routes of each application, and the lane they run on.")
        private boolean routes;

        @Option(names = "--loops", description = "The I/O threads with their connections and requests.")
        private boolean loops;
    }

    @Override
    public Integer call() {
        ManagementClient client = server.client();
        if (lists.requests) {
            print(client, "requests", "id", "application", "method", "path", "ageMillis", "state", "lane");
        } else if (lists.routes) {
            print(client, "routes", "application", "route", "lane", "reason", "averageMicros", "moves");
        } else if (lists.loops) {
            print(client, "loops", "name", "connectionsOpen", "connectionsTotal", "requests", "mounts", "held");
        } else {
            Table table = new Table("FIGURE", "VALUE");
            client.object("/api/v1/stats").forEach(table::row);
            table.print(spec.commandLine().getOut());
        }
        return ExitStatus.OK;
    }

    private void print(ManagementClient client, String list, String... columns) {
        Table table = new Table(List.of(columns).stream()
                .map(column -> column.replaceAll("([A-Z])", "-$1").toUpperCase(Locale.ROOT))
                .toArray(String[]::new));
        for (Map<String, Object> item : client.list("/api/v1/" + list)) {
            table.row(List.of(columns).stream()
                    .map(column -> item.getOrDefault(column, ""))
                    .toArray());
        }
        table.print(spec.commandLine().getOut());
    }
}
