package dev.sluice.deploy.server;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.Keys;
import dev.sluice.deploy.deployment.Deployment;
import dev.sluice.deploy.deployment.DeploymentRequest;
import dev.sluice.deploy.deployment.Deployments;
import dev.sluice.deploy.deployment.GateTraffic;
import dev.sluice.deploy.leak.LoaderWatch;
import dev.sluice.deploy.lifecycle.Lifecycle;
import dev.sluice.deploy.lifecycle.State;
import dev.sluice.deploy.lifecycle.StepFailedException;
import dev.sluice.deploy.lifecycle.Steps;
import dev.sluice.engine.gate.Gate;
import dev.sluice.engine.gate.GateOptions;
import dev.sluice.engine.lane.LaneMode;
import dev.sluice.engine.lane.Lanes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A server. {@link #start} takes the steps below in their order, {@link #stop} undoes them in reverse. Both are called by one thread at
 * a time; a server is started once.
 *
 * <pre>
 * work directory, access log, lanes, scheduler, management listener, named applications, drop-in applications,
 * settings of applications, applications' listener, drop-in watch, leak watch
 * </pre>
 */
public final class Server {
    private static final System.Logger LOG = System.getLogger(Server.class.getName());
    private static final Duration LEAK_PATIENCE = Duration.ofSeconds(30);

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
    private final ManagementListener management;
    private final DropInWatch dropIns;
    private final ArchiveOpener opener;
    private final ScheduledExecutorService scheduler;

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
        this.settings = new ApplicationSettings(configuration);
        this.listener = new ApplicationListener(configuration, installation, gate);
        this.opener = new ArchiveOpener(
                settings, new ServletContexts(settings, installation, scheduler, listener::securePort));
        this.deployments = new Deployments(
                opener,
                new GateTraffic(gate, settings::mount, new FixedSettings(settings, installation, scheduler)::of),
                loaders,
                configuration.value(Keys.TIMEOUTS_DRAIN),
                clock);
        this.accessLog = new AccessLog(configuration, installation);
        this.dropIns = new DropInWatch(configuration, installation, deployments, scheduler, clock);
        this.management = new ManagementListener(configuration, gate, view());
        this.steps = steps();
    }

    private static GateOptions gateOptions(Configuration configuration) {
        return new GateOptions(
                configuration.value(Keys.REQUESTS_PERMITS_IN_ALL),
                configuration.value(Keys.REQUESTS_QUEUE),
                configuration.value(Keys.REQUESTS_QUEUE_TIME),
                GateOptions.DEFAULT.development());
    }

    private static ScheduledExecutorService scheduler() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(2, task -> {
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
                .step("applications", this::deployNamed, deployments::stopAll)
                .step("drop-in applications", dropIns::first)
                .step("settings of applications", this::tellUnclaimed)
                .step("applications' listener", listener::open, listener::close)
                .step("drop-in watch", dropIns::start, dropIns::stop)
                .step("leak watch", this::watchLeaks)
                .build();
    }

    private void deployNamed() {
        named.forEach(deployments::deploy);
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
        try {
            steps.start();
        } catch (StepFailedException e) {
            lifecycle.fail(String.valueOf(e.getMessage()));
            throw e;
        }
        lifecycle.on(State.Event.STARTED);
    }

    /** Drains and stops it. */
    public void stop() {
        if (lifecycle.state() == State.RUNNING) {
            lifecycle.on(State.Event.DRAIN);
            steps.stop();
            lifecycle.on(State.Event.STOPPED);
        }
    }

    /** The applications that were named and did not start. */
    public List<Deployment> failedApplications() {
        return deployments.all().stream()
                .filter(deployment -> named.contains(deployment.request()))
                .filter(deployment -> deployment.state() == State.FAILED)
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
        return new RunningServer(lifecycle, deployments, loaders, gate, listener, accessLog, configuration);
    }
}
