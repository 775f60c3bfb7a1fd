package dev.sluice.deploy.server;

import dev.sluice.deploy.access.Access;
import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.Keys;
import dev.sluice.deploy.deployment.Deployment;
import dev.sluice.deploy.deployment.DeploymentOptions;
import dev.sluice.deploy.deployment.DeploymentRequest;
import dev.sluice.deploy.deployment.Deployments;
import dev.sluice.deploy.deployment.GateTraffic;
import dev.sluice.deploy.leak.LoaderWatch;
import dev.sluice.deploy.lifecycle.Deadline;
import dev.sluice.deploy.lifecycle.Lifecycle;
import dev.sluice.deploy.lifecycle.State;
import dev.sluice.deploy.lifecycle.StepFailedException;
import dev.sluice.deploy.lifecycle.Steps;
import dev.sluice.deploy.operation.Control;
import dev.sluice.engine.gate.Gate;
import dev.sluice.engine.gate.GateOptions;
import dev.sluice.engine.lane.LaneMode;
import dev.sluice.engine.lane.Lanes;
import dev.sluice.engine.security.LoginThrottle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A server. {@link #start} takes the steps below in their order, {@link #stop} undoes them in reverse. A server is started once, by one
 * thread; any thread may stop it, also while it starts.
 *
 * <pre>
 * work directory, access log, lanes, scheduler, management listener, connections, applications (all of them at once),
 * settings of applications, applications' listener, drop-in watch, leak watch
 * </pre>
 *
 * <p>A stop has one deadline for everything: what is under way gets {@code timeouts.drain}, and the rest {@code timeouts.stop}.
 */
public final class Server {
    private static final System.Logger LOG = System.getLogger(Server.class.getName());
    private static final Duration LEAK_PATIENCE = Duration.ofSeconds(30);
    private static final Set<State> OVER = EnumSet.of(State.RUNNING, State.FAILED, State.STOPPED);

    private final Configuration configuration;
    private final Installation installation;
    private final List<DeploymentRequest> named;
    private final Clock clock = Clock.systemUTC();
    private final Lifecycle lifecycle = new Lifecycle("server", clock);
    private final Steps steps;
    private final LoaderWatch loaders = new LoaderWatch(LEAK_PATIENCE, clock, System::gc);
    private final Lanes lanes;
    private final ApplicationSettings settings;
    private final Gate gate;
    private final Deployments deployments;
    private final AccessLog accessLog;
    private final ApplicationListener listener;
    private final Access access;
    private final Control control;
    private final ManagementListener management;
    private final DropInWatch dropIns;
    private final ServletContexts contexts;
    private final ArchiveOpener opener;
    private final ScheduledExecutorService scheduler;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Deadline stopBy;
    private volatile @Nullable Thread starter;

    /**
     * A server that was not started.
     *
     * @param named applications that start first
     * @throws IOException if a file that the configuration names cannot be read
     * @throws IllegalArgumentException if such a file is wrong
     * @throws IllegalStateException if a lane was asked for that this JDK cannot have
     */
    public Server(Configuration configuration, Installation installation, List<DeploymentRequest> named)
            throws IOException {
        this.configuration = configuration;
        this.installation = installation;
        this.named = List.copyOf(named);
        this.lanes = Lanes.choose(
                LaneMode.valueOf(configuration.value(Keys.LANE).toUpperCase(Locale.ROOT)),
                configuration.value(Keys.REQUESTS_PERMITS));
        this.gate = new Gate(gateOptions(configuration), lanes);
        lanes.showInThreadDumps(gate::carriedThreads);
        this.scheduler = scheduler();
        StartChecks.check(configuration);
        this.settings = new ApplicationSettings(configuration);
        this.listener = new ApplicationListener(configuration, installation, gate);
        this.contexts = new ServletContexts(settings, installation, scheduler, listener::securePort);
        this.opener = new ArchiveOpener(settings, contexts);
        this.deployments = new Deployments(
                opener,
                new GateTraffic(gate, settings::mount, new FixedSettings(settings, installation, scheduler)::of),
                loaders,
                deploymentOptions(configuration),
                scheduler,
                clock);
        this.accessLog = new AccessLog(configuration, installation);
        this.dropIns = new DropInWatch(configuration, installation, deployments, scheduler, clock);
        this.access = new Access(
                installation.management(configuration),
                contexts.logins(),
                new LoginThrottle(ConfiguredLogins.throttle(configuration), clock),
                clock);
        this.control = new Control(
                deployments,
                access.directory().resolve("applications"),
                DropInWatch.hosts(configuration),
                dropIns.directories(),
                clock);
        this.management = new ManagementListener(configuration, installation, gate, view());
        this.steps = steps();
    }

    private static GateOptions gateOptions(Configuration configuration) {
        return new GateOptions(
                configuration.value(Keys.REQUESTS_PERMITS_IN_ALL),
                configuration.value(Keys.REQUESTS_QUEUE),
                configuration.value(Keys.REQUESTS_QUEUE_TIME),
                GateOptions.DEFAULT.development());
    }

    private static DeploymentOptions deploymentOptions(Configuration configuration) {
        int parallel = configuration.value(Keys.DEPLOY_PARALLEL);
        DeploymentOptions usual = DeploymentOptions.DEFAULT;
        return new DeploymentOptions(
                configuration.value(Keys.TIMEOUTS_DRAIN),
                usual.end(),
                parallel == 0 ? usual.parallel() : parallel,
                usual.slow());
    }

    private static ScheduledExecutorService scheduler() {
        ScheduledThreadPoolExecutor scheduler = new LastingScheduler(2, task -> {
            Thread thread = new Thread(task, "sluice-scheduler");
            // It may be made while an application is deployed, whose loader it must not keep.
            thread.setContextClassLoader(Server.class.getClassLoader());
            thread.setDaemon(true);
            return thread;
        });
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    private Steps steps() {
        Path work = installation.resolve(configuration.value(Keys.WORK_DIRECTORY));
        return Steps.builder()
                .step("work directory", () -> opener.work(WorkDirectory.open(work)), opener::removeWork)
                .step("access log", () -> accessLog.open(gate), accessLog::close)
                .onStop("lanes", lanes::close)
                .onStop("scheduler", scheduler::shutdownNow)
                .step("management listener", management::open, management::close)
                .step("applications' listener", listener::check)
                .onStop("connections", listener::close)
                .step("applications", this::deployFirst, this::stopApplications)
                .step("settings of applications", this::tellUnclaimed)
                .step("applications' listener", listener::open, listener::drain)
                .step("drop-in watch", dropIns::start, dropIns::stop)
                .step("leak watch", this::watchLeaks)
                .build();
    }

    private void deployFirst() throws InterruptedException {
        List<CompletableFuture<Deployment>> begun =
                new ArrayList<>(named.stream().map(deployments::deployAside).toList());
        begun.addAll(deployedBefore());
        begun.addAll(dropIns.first());
        CompletableFuture<Void> all = CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new));
        Duration limit = configuration.value(Keys.TIMEOUTS_START);
        try {
            if (limit.isZero()) {
                all.get();
            } else {
                all.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            String late = deployments.all().stream()
                    .filter(deployment -> !OVER.contains(deployment.state()))
                    .map(Deployment::id)
                    .collect(Collectors.joining(", "));
            LOG.log(
                    System.Logger.Level.WARNING,
                    late + ": not started within " + limit.toSeconds()
                            + " s (timeouts.start); the others are served, and the server is not ready until all run");
        } catch (ExecutionException e) {
            LOG.log(System.Logger.Level.ERROR, "an application cannot be started", e.getCause());
        }
    }

    private List<CompletableFuture<Deployment>> deployedBefore() {
        try {
            return control.first();
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "what was deployed through the management is not deployed: " + e.getMessage());
            return List.of();
        }
    }

    private void stopApplications() {
        Deadline until = stopBy;
        Duration left = until == null ? configuration.value(Keys.TIMEOUTS_STOP) : until.left();
        deployments.stopAll(Deadline.in(left.multipliedBy(9).dividedBy(10))); // the other steps need a little too
    }

    private void tellUnclaimed() {
        List<DeploymentRequest> all =
                deployments.all().stream().map(Deployment::request).toList();
        for (String name : settings.unclaimed(all)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "applications." + name + ": no application has this name yet (there are: "
                            + all.stream().map(request -> request.name().name()).collect(Collectors.joining(", "))
                            + "); an application is named like its file, or like its context path where one was given");
        }
    }

    private void watchLeaks() {
        long seconds = LEAK_PATIENCE.toSeconds() / 3;
        var ignored = scheduler.scheduleWithFixedDelay(loaders::check, seconds, seconds, TimeUnit.SECONDS);
    }

    /**
     * Starts it. An application that does not start does not keep the server from starting: see {@link #failedApplications}.
     *
     * @throws StepFailedException naming the step that failed, after everything before it was undone
     */
    public void start() throws StepFailedException {
        lifecycle.on(State.Event.START);
        LOG.log(System.Logger.Level.INFO, lanes.description());
        starter = Thread.currentThread();
        try {
            steps.start(() -> stopBy);
        } catch (StepFailedException e) {
            lifecycle.fail(String.valueOf(e.getMessage()));
            stopped.countDown();
            throw e;
        } finally {
            starter = null;
            var ignored = Thread.interrupted(); // of a stop that came when the last step was taken
        }
        lifecycle.on(State.Event.STARTED);
    }

    /**
     * Drains and stops it, and returns when that is done: by {@link #longestStop}, whatever applications do; what they hold on to is left
     * behind then. While it starts, the start is stopped instead, and {@link #start} throws. Who calls later waits for the same end.
     */
    public void stop() {
        Duration rest = configuration.value(Keys.TIMEOUTS_STOP);
        Thread starting = starter;
        if (starting != null) {
            stopBy = Deadline.in(rest);
            deployments.close();
            starting.interrupt();
        } else if (lifecycle.state() == State.RUNNING && stopping.compareAndSet(false, true)) {
            Deadline until =
                    Deadline.in(configuration.value(Keys.TIMEOUTS_DRAIN).plus(rest));
            stopBy = until;
            lifecycle.on(State.Event.DRAIN);
            steps.stop(until);
            lifecycle.on(State.Event.STOPPED);
            stopped.countDown();
        }
        if (starting != null || stopping.get()) {
            awaitStopped();
        }
    }

    private void awaitStopped() {
        try {
            var ignored = stopped.await(longestStop().plusSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Opens the files of logs again, for who has moved them away. */
    public void reopenLogs() {
        accessLog.reopen();
    }

    /** How long {@link #stop} takes at the most, but for moments. */
    public Duration longestStop() {
        return configuration.value(Keys.TIMEOUTS_DRAIN).plus(configuration.value(Keys.TIMEOUTS_STOP));
    }

    /** The applications that were named and did not start. */
    public List<Deployment> failedApplications() {
        return deployments.all().stream()
                .filter(deployment -> named.contains(deployment.request()))
                .filter(deployment -> deployment.state() != State.RUNNING)
                .toList();
    }

    /** The applications. */
    public Deployments deployments() {
        return deployments;
    }

    /** Where applications are served. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** Where the management listener is; an exception if there is none. */
    public InetSocketAddress managementAddress() {
        return management.address();
    }

    /** What the management sees. */
    public dev.sluice.deploy.management.ServerView view() {
        return new RunningServer(
                lifecycle, deployments, loaders, gate, listener, contexts, accessLog, access, control, configuration);
    }
}
