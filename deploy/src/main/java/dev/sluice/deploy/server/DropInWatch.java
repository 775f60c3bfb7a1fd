package dev.sluice.deploy.server;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.Keys;
import dev.sluice.deploy.deployment.DeploymentRequest;
import dev.sluice.deploy.deployment.Deployments;
import dev.sluice.deploy.dropin.ArchiveName;
import dev.sluice.deploy.dropin.DropInDirectory;
import dev.sluice.engine.routing.VirtualHost;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Deploys, replaces and undeploys what is dropped into the directories of the virtual hosts. */
final class DropInWatch {
    private static final System.Logger LOG = System.getLogger(DropInWatch.class.getName());

    private final List<Watched> directories = new ArrayList<>();
    private final Deployments deployments;
    private final ScheduledExecutorService scheduler;
    private final Duration interval;
    private @Nullable Future<?> polling;

    private record Watched(VirtualHost host, DropInDirectory directory) {}

    DropInWatch(
            Configuration configuration,
            Installation installation,
            Deployments deployments,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this.deployments = deployments;
        this.scheduler = scheduler;
        this.interval = configuration.value(Keys.DROP_IN_INTERVAL);
        Duration copyTime = configuration.value(Keys.DROP_IN_COPY_TIME);
        String common = configuration.value(Keys.DROP_IN_DIRECTORY);
        if (!common.isEmpty()) {
            add(VirtualHost.DEFAULT, new DropInDirectory(installation.resolve(common), copyTime, clock));
        }
        for (String name : configuration.names("hosts")) {
            Set<String> aliases =
                    Set.copyOf(configuration.value(Keys.HOST_ALIASES, name).orElse(List.of()));
            configuration
                    .value(Keys.HOST_DIRECTORY, name)
                    .ifPresent(directory -> add(
                            new VirtualHost(name, aliases),
                            new DropInDirectory(installation.resolve(directory), copyTime, clock)));
        }
    }

    private void add(VirtualHost host, DropInDirectory directory) {
        directories.add(new Watched(host, directory));
    }

    /** Deploys what lies there when the server starts. */
    void first() {
        directories.forEach(this::poll);
    }

    void start() {
        long millis = Math.max(1, interval.toMillis());
        polling = scheduler.scheduleWithFixedDelay(
                () -> directories.forEach(this::poll), millis, millis, TimeUnit.MILLISECONDS);
    }

    void stop() {
        if (polling != null) {
            polling.cancel(false);
        }
    }

    private void poll(Watched watched) {
        try {
            for (DropInDirectory.Change change : watched.directory().poll()) {
                apply(watched.host(), change);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "looking at " + watched.directory().directory() + " failed; it is looked at again in "
                            + interval.toMillis() + " ms",
                    e);
        }
    }

    private void apply(VirtualHost host, DropInDirectory.Change change) {
        if (change.kind() == DropInDirectory.Kind.VANISHED) {
            LOG.log(System.Logger.Level.INFO, change.path() + " is gone and is undeployed");
            var ignored = deployments.undeploy(change.path());
            return;
        }
        try {
            deployments.deploy(new DeploymentRequest(change.path(), ArchiveName.of(change.path()), host));
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.ERROR, change.path() + " is not deployed: " + e.getMessage());
        }
    }
}
