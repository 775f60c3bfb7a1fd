package dev.sluice.deploy.command;

import dev.sluice.deploy.server.Installation;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice list}: the applications of a running instance. */
@Command(name = "list", description = "Lists the applications of a running instance.", mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Override
    public Integer call() {
        ManagementClient client = new ManagementClient(options.read(Installation.find()));
        Table table = new Table("NAME", "PATH", "VERSION", "STATE", "KIND", "REQUESTS", "SHA256", "REASON");
        for (Map<String, Object> app : client.list("/api/v1/apps")) {
            String hash = String.valueOf(app.get("hash"));
            table.row(
                    app.get("name"),
                    app.get("contextPath"),
                    app.get("version"),
                    app.get("state"),
                    app.get("kind"),
                    app.get("requests"),
                    hash.substring(0, Math.min(12, hash.length())),
                    reason(app));
        }
        table.print(spec.commandLine().getOut());
        return ExitStatus.OK;
    }

    private static String reason(Map<String, Object> app) {
        String failed = String.valueOf(app.getOrDefault("reason", ""));
        String redeploy = String.valueOf(app.getOrDefault("redeployFailure", ""));
        if (Boolean.TRUE.equals(app.get("replacing"))) {
            return "a new version of it is being started";
        }
        return failed.isEmpty() && !redeploy.isEmpty()
                ? "the last redeploy failed, this is the old version: " + redeploy
                : failed;
    }
}
