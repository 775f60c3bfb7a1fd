package dev.sluice.deploy.command;

import dev.sluice.deploy.server.Installation;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice stats}: figures of a running instance. */
@Command(name = "stats", description = "Prints figures of a running instance.", mixinStandardHelpOptions = true)
final class StatsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Override
    public Integer call() {
        Map<String, Object> stats = new ManagementClient(options.read(Installation.find())).object("/api/v1/stats");
        Table table = new Table("FIGURE", "VALUE");
        stats.forEach(table::row);
        table.print(spec.commandLine().getOut());
        return ExitStatus.OK;
    }
}
