package dev.sluice.deploy.command;

import java.util.ArrayList;
import java.util.List;
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
    private ServerOptions server = new ServerOptions();

    @Override
    public Integer call() {
        ManagementClient client = server.client();
        Table table = new Table("NAME", "PATH", "VERSION", "STATE", "KIND", "REQUESTS", "SHA256", "REASON");
        for (Map<String, Object> app : client.list("/api/v1/apps")) {
            String hash = String.valueOf(app.get("hash"));
            table.row(
                    app.get("name"),
                    app.get("contextPath"),
                    app.get("version"),
                    state(app),
                    app.get("kind"),
                    app.get("requests"),
                    hash.substring(0, Math.min(12, hash.length())),
                    reason(app));
        }
        table.print(spec.commandLine().getOut());
        return ExitStatus.OK;
    }

    /** The state; an application that runs without some of its parts, or after an Error, is degraded. */
    private static String state(Map<String, Object> app) {
        String state = String.valueOf(app.get("state"));
        return degradations(app).isEmpty() ? state : state + ", degraded";
    }

    private static String degradations(Map<String, Object> app) {
        List<String> all = new ArrayList<>();
        if (app.get("degradations") instanceof List<?> parts) {
            parts.forEach(part -> all.add(String.valueOf(part)));
        }
        String thrown = String.valueOf(app.getOrDefault("degraded", ""));
        if (!thrown.isEmpty()) {
            all.add(thrown);
        }
        return String.join("; ", all);
    }

    private static String reason(Map<String, Object> app) {
        String failed = String.valueOf(app.getOrDefault("reason", ""));
        String redeploy = String.valueOf(app.getOrDefault("redeployFailure", ""));
        if (Boolean.TRUE.equals(app.get("replacing"))) {
            return "a new version of it is being started";
        }
        if (!failed.isEmpty()) {
            return failed;
        }
        return redeploy.isEmpty()
                ? degradations(app)
                : "the last redeploy failed, this is the old version: " + redeploy;
    }
}
