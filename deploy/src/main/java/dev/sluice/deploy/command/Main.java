package dev.sluice.deploy.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where the process begins. */
@Command(
        name = "sluice",
        description = "Runs WARs and handler jars.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            InitCommand.class,
            CheckCommand.class,
            ConfigCommand.class,
            VersionCommand.class,
            ListCommand.class,
            StatsCommand.class,
            PasswordCommand.class,
            TokenCommand.class,
            DeployCommand.class,
            ApplicationCommands.Undeploy.class,
            ApplicationCommands.Start.class,
            ApplicationCommands.Stop.class,
            ApplicationCommands.Reload.class,
            ApplicationCommands.Back.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Main implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Made by the command line. */
    @SuppressWarnings("NullAway.Init") // spec is injected
    public Main() {}

    /** Runs a command and ends the process with its status. */
    public static void main(String[] arguments) {
        // Undertow and XNIO log with jboss-logging; it must not look for other backends in the class path.
        System.setProperty("org.jboss.logging.provider", "jdk");
        System.exit(execute(arguments));
    }

    /** Runs a command and answers its exit status. */
    static int execute(String... arguments) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::failed)
                .execute(arguments);
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
        if (failure instanceof CommandFailure known) {
            command.getErr().println("sluice: " + known.getMessage());
            return known.status();
        }
        command.getErr().println("sluice: " + command.getCommandName() + " failed: " + failure);
        failure.printStackTrace(command.getErr());
        return ExitStatus.FAILED;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
