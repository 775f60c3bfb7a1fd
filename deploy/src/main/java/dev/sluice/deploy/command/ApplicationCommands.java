package dev.sluice.deploy.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice undeploy}, {@code start}, {@code stop}, {@code reload} and {@code back}: what is done to an application of a running instance. */
final class ApplicationCommands {
    /** How long a command waits for the end of what it asked for. */
    static final String WAIT = "?wait=600";

    private ApplicationCommands() {}

    /** Says what an operation has come to. */
    static void tell(CommandSpec spec, Map<String, Object> operation) {
        String line = operation.get("what") + " of " + operation.get("application") + ": " + operation.get("outcome");
        String hash = String.valueOf(operation.getOrDefault("hash", ""));
        spec.commandLine().getOut().println(hash.isEmpty() ? line : line + ", sha256 " + hash);
        if ("running".equals(operation.get("outcome"))) {
            spec.commandLine()
                    .getOut()
                    .println("it goes on; GET /api/v1/operations/" + operation.get("id")
                            + " of the management API follows it");
        }
        spec.commandLine().getOut().flush();
    }

    /** What the five have in common. */
    abstract static class Action implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // injected
        private CommandSpec spec;

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Parameters(paramLabel = "NAME", description = "The application, as sluice list shows it.")
        @SuppressWarnings("NullAway.Init") // required
        private String name;

        private final String method;
        private final String action;

        Action(String method, String action) {
            this.method = method;
            this.action = action;
        }

        /** What is added to the query. */
        String query() {
            return "";
        }

        @Override
        public Integer call() {
            String path = ApplicationPath.of(name) + action + WAIT + query();
            tell(spec, server.client().call(method, path, Map.of(), ManagementClient.Content.NONE));
            return ExitStatus.OK;
        }
    }

    /** {@code sluice undeploy}. */
    @Command(
            name = "undeploy",
            description =
                    "Ends an application and forgets it. What lies in a drop-in directory is renamed, with a dot in front.",
            mixinStandardHelpOptions = true)
    static final class Undeploy extends Action {
        Undeploy() {
            super("DELETE", "");
        }
    }

    /** {@code sluice start}. */
    @Command(
            name = "start",
            description = "Starts an application that is stopped or has failed.",
            mixinStandardHelpOptions = true)
    static final class Start extends Action {
        Start() {
            super("POST", "/start");
        }
    }

    /** {@code sluice stop}. */
    @Command(
            name = "stop",
            description = "Ends an application after its last request, until it is started again.",
            mixinStandardHelpOptions = true)
    static final class Stop extends Action {
        Stop() {
            super("POST", "/stop");
        }
    }

    /** {@code sluice reload}. */
    @Command(
            name = "reload",
            aliases = "redeploy",
            description = "Reads the archive of an application again; what runs serves until the new one has started.",
            mixinStandardHelpOptions = true)
    static final class Reload extends Action {
        Reload() {
            super("POST", "/redeploy");
        }
    }

    /** {@code sluice back}. */
    @Command(
            name = "back",
            description = "Serves the archive again that was uploaded before the current one.",
            mixinStandardHelpOptions = true)
    static final class Back extends Action {
        @Option(
                names = "--hash",
                paramLabel = "SHA256",
                defaultValue = "",
                description = "One of the archives that are kept, instead of the one before.")
        private String hash = "";

        Back() {
            super("POST", "/back");
        }

        @Override
        String query() {
            return hash.isEmpty()
                    ? ""
                    : "&hash=" + java.net.URLEncoder.encode(hash, java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
