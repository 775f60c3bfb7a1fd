package dev.sluice.deploy.command;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.deployment.Deployment;
import dev.sluice.deploy.deployment.DeploymentRequest;
import dev.sluice.deploy.dropin.ArchiveName;
import dev.sluice.deploy.lifecycle.StepFailedException;
import dev.sluice.deploy.server.Installation;
import dev.sluice.deploy.server.Server;
import dev.sluice.engine.routing.VirtualHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice run}: a server in the foreground until a signal ends it. */
@Command(
        name = "run",
        description = "Runs applications until INT or TERM; a second signal ends it at once.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final System.Logger LOG = System.getLogger(RunCommand.class.getName());

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Parameters(
            paramLabel = "APP[=/context]",
            description =
                    "WARs, handler jars or exploded directories. The context path is the file's name unless it is given.")
    private List<String> applications = new ArrayList<>();

    @Override
    public Integer call() {
        Installation installation = Installation.find();
        Configuration configuration = options.read(installation);
        LogSetup.configure(configuration);
        configuration.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
        Jdk.hint().ifPresent(hint -> LOG.log(System.Logger.Level.INFO, hint));
        Server server = server(configuration, installation);
        ProcessEnd end = new ProcessEnd(server, () -> LogSetup.levels(options.read(installation)));
        Signals signals = Signals.install(end::signalled, end::hungUp);
        end.watchExits();
        try {
            server.start();
        } catch (StepFailedException e) {
            if (signals.first().isPresent()) {
                LOG.log(System.Logger.Level.INFO, "stopped while it was starting");
                return applications.isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
            }
            throw new CommandFailure(ExitStatus.FAILED, "not started: " + e.getMessage());
        }
        List<Deployment> failed = server.failedApplications();
        LOG.log(System.Logger.Level.INFO, "started in " + sinceExec().toMillis() + " ms");
        signals.await();
        server.stop();
        LOG.log(System.Logger.Level.INFO, "stopped");
        return failed.isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private Server server(Configuration configuration, Installation installation) {
        try {
            return new Server(configuration, installation, requests());
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            throw new CommandFailure(ExitStatus.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private static Duration sinceExec() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(Duration.ZERO);
    }

    private List<DeploymentRequest> requests() {
        List<DeploymentRequest> requests = new ArrayList<>();
        for (String application : applications) {
            requests.add(request(application));
        }
        return requests;
    }

    /** The part behind the last {@code =/} is the context path, unless there is a file of the whole name. */
    static DeploymentRequest request(String application) {
        int mark = application.lastIndexOf("=/");
        boolean given = mark > 0 && !Files.exists(Path.of(application));
        Path path = Path.of(given ? application.substring(0, mark) : application);
        if (!Files.exists(path)) {
            throw new CommandFailure(
                    ExitStatus.USAGE,
                    path + ": no such file or directory (expected: a WAR, a handler jar or an exploded directory)");
        }
        try {
            ArchiveName name = given ? ArchiveName.at(application.substring(mark + 1)) : ArchiveName.of(path);
            return new DeploymentRequest(path, name, VirtualHost.DEFAULT);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitStatus.USAGE, application + ": " + e.getMessage());
        }
    }
}
