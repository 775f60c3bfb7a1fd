package dev.sluice.deploy.server;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.Keys;
import dev.sluice.deploy.deployment.Deployment;
import dev.sluice.deploy.deployment.DeploymentRequest;
import dev.sluice.deploy.deployment.Deployments;
import dev.sluice.deploy.dropin.ArchiveName;
import dev.sluice.deploy.dropin.DropInDirectory;
import dev.sluice.deploy.lifecycle.Deadline;
import dev.sluice.engine.routing.VirtualHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Deploys, replaces and undeploys what is dropped into the directories of the virtual hosts. */
final class DropInWatch {
    private static final System.Logger LOG = System.getLogger(DropInWatch.class.getName());

    private final List<Watched> directories = new ArrayList<>();
    private final Deployments deployments;
    private final ScheduledExecutorService scheduler;
    private final Duration interval;
    private final Duration copyTime;
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
        this.copyTime = configuration.value(Keys.DROP_IN_COPY_TIME);
        String common = configuration.value(Keys.DROP_IN_DIRECTORY);
        if (!common.isEmpty()) {
            add(VirtualHost.DEFAULT, new DropInDirectory(installation.resolve(common), copyTime, clock));
        }
        for (String name : configuration.names("hosts")) {
            configuration
                    .value(Keys.HOST_DIRECTORY, name)
                    .ifPresent(directory -> add(
                            host(configuration, name),
                            new DropInDirectory(installation.resolve(directory), copyTime, clock)));
        }
    }

    private static VirtualHost host(Configuration configuration, String name) {
        return new VirtualHost(
                name, Set.copyOf(configuration.value(Keys.HOST_ALIASES, name).orElse(List.of())));
    }

    /** The virtual hosts that are configured. */
    static List<VirtualHost> hosts(Configuration configuration) {
        return configuration.names("hosts").stream()
                .map(name -> host(configuration, name))
                .toList();
    }

    /** What is watched. */
    Set<Path> directories() {
        return directories.stream()
                .map(watched -> watched.directory().directory().toAbsolutePath().normalize())
                .collect(Collectors.toSet());
    }

    private void add(VirtualHost host, DropInDirectory directory) {
        directories.add(new Watched(host, directory));
    }

    /**
     * Deploys what lies there when the server starts, whatever its time says. What is still being copied is waited for, as long as a
     * copy may take.
     *
     * @return the deployments that have begun
     * @throws InterruptedException if the server stops meanwhile
     */
    List<CompletableFuture<Deployment>> first() throws InterruptedException {
        List<CompletableFuture<Deployment>> begun = new ArrayList<>();
        Deadline deadline = Deadline.in(copyTime.plus(interval.multipliedBy(2)));
        while (true) {
            directories.forEach(watched -> begun.addAll(poll(watched)));
            if (deadline.over()
                    || directories.stream()
                            .noneMatch(watched -> watched.directory().unsettled())) {
                return begun;
            }
            TimeUnit.NANOSECONDS.sleep(deadline.atMost(interval).toNanos());
        }
    }

    void start() {
        long millis = Math.max(1, interval.toMillis());
        polling = scheduler.scheduleWithFixedDelay(
                () -> directories.forEach(watched -> poll(watched)), millis, millis, TimeUnit.MILLISECONDS);
    }

    void stop() {
        if (polling != null) {
            polling.cancel(false);
        }
    }

    private List<CompletableFuture<Deployment>> poll(Watched watched) {
        List<CompletableFuture<Deployment>> begun = new ArrayList<>();
        try {
            for (DropInDirectory.Change change : watched.directory().poll()) {
                apply(watched.host(), change).ifPresent(begun::add);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "looking at " + watched.directory().directory() + " failed; it is looked at again in "
                            + interval.toMillis() + " ms",
                    e);
        }
        return begun;
    }

    private Optional<CompletableFuture<Deployment>> apply(VirtualHost host, DropInDirectory.Change change) {
        if (change.kind() == DropInDirectory.Kind.VANISHED) {
            LOG.log(System.Logger.Level.INFO, change.path() + " is gone and is undeployed");
            var ignored = deployments.undeploy(change.path());
            return Optional.empty();
        }
        try {
            return Optional.of(
                    deployments.deployAside(new DeploymentRequest(change.path(), ArchiveName.of(change.path()), host)));
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.ERROR, change.path() + " is not deployed: " + e.getMessage());
            return Optional.empty();
        }
    }
}
