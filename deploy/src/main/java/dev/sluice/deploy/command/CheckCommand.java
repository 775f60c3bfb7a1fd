package dev.sluice.deploy.command;

import dev.sluice.deploy.json.Json;
import dev.sluice.deploy.scratch.ScratchJvm;
import dev.sluice.fork.treatment.TypeNames;
import dev.sluice.war.Archives;
import dev.sluice.war.LoaderOptions;
import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.archive.Deletion;
import dev.sluice.war.check.CheckReport;
import dev.sluice.war.check.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice check}: what in an application two requests could change together. */
@Command(
        name = "check",
        description =
                "Reports what in an application keeps it from being forked safely. Starts nothing, unless --start is given.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int EXAMPLES = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Parameters(paramLabel = "APP", description = "A WAR, handler jar or exploded directory.")
    @SuppressWarnings("NullAway.Init") // required
    private Path application;

    @Option(names = "--libraries", description = "Reads the jars of the application, too.")
    private boolean libraries;

    @Option(
            names = "--shared",
            paramLabel = "TYPE",
            split = ",",
            description =
                    "A type that forks share on purpose, or PACKAGE.*, as in applications.NAME.shared. May be repeated.")
    private List<String> shared = List.of();

    @Option(
            names = "--start",
            description =
                    "Starts the application in a JVM of its own, calls those of its GET routes that are shown to use no network, files,"
                            + " databases or processes, and reports what one request leaves for the next. The application does whatever it does at start.")
    private boolean start;

    @Option(
            names = "--pure",
            paramLabel = "PATTERN",
            split = ",",
            description =
                    "A route that --start may call though it is not shown to be pure, as it was mapped. May be repeated.")
    private List<String> pure = List.of();

    @Option(names = "--all", description = "Writes out all findings, not only the first of each cause.")
    private boolean all;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("sluice-check-");
        try {
            CheckReport report = Archives.check(
                    application, LoaderOptions.of(work), libraries, new TypeNames(Set.copyOf(shared))::lists);
            if (start) {
                report = report.with(ScratchJvm.run(application, work, shared, pure, START_LIMIT));
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? Json.write(report.values()) : report.text(all ? Integer.MAX_VALUE - 1 : EXAMPLES));
            out.flush();
            return status(report.verdict());
        } catch (ArchiveException e) {
            throw new CommandFailure(ExitStatus.USAGE, String.valueOf(e.getMessage()));
        } finally {
            Deletion.remove(work);
        }
    }

    private static int status(Verdict verdict) {
        return switch (verdict) {
            case SAFE -> ExitStatus.OK;
            case UNSAFE -> ExitStatus.FAILED;
            case UNDECIDED -> ExitStatus.UNDECIDED;
        };
    }
}
