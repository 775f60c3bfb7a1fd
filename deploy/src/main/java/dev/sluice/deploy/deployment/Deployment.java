package dev.sluice.deploy.deployment;

import dev.sluice.deploy.leak.JvmHooks;
import dev.sluice.deploy.leak.LoaderWatch;
import dev.sluice.deploy.lifecycle.Deadline;
import dev.sluice.deploy.lifecycle.Lifecycle;
import dev.sluice.deploy.lifecycle.State;
import dev.sluice.deploy.lifecycle.StepFailedException;
import dev.sluice.deploy.lifecycle.Steps;
import dev.sluice.engine.application.Application;
import dev.sluice.war.archive.ArchiveException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One generation of an application: an archive as it was at one moment, from its description to its end. A redeploy makes another
 * one. What it tells may be asked by any thread; {@link Deployments} starts and stops it.
 */
public final class Deployment {
    private static final System.Logger LOG = System.getLogger(Deployment.class.getName());
    private static final String WITHDRAWN = "it was replaced or taken away before it had started";

    private final DeploymentRequest request;
    private final Lifecycle lifecycle;
    private final Steps steps;
    private final StartTimes times = new StartTimes("turn", "open", "start", "route");
    private final Clock clock;
    private final DeploymentOptions options;
    private final ScheduledExecutorService scheduler;
    /** Held by who starts or ends it; the end waits for the start. */
    private final ReentrantLock work = new ReentrantLock();

    private volatile ApplicationOpener.@Nullable Opened opened;
    private volatile @Nullable Application application;
    private volatile Traffic.@Nullable Route route;
    private volatile LoaderWatch.@Nullable Watched loader;
    private volatile @Nullable Thread starter;
    private volatile boolean withdrawn;
    private volatile @Nullable Deadline hurry;
    private volatile String kind = "unknown";
    private volatile String hash = "";
    private volatile Duration startTime = Duration.ZERO;
    private volatile String redeployFailure = "";
    private volatile @Nullable Deployment replacement;

    /** Leads requests to an application that has started; the seam to those that it replaces. */
    interface Switch {
        /** Opens the route of a deployment, in one step with closing that of the one that it replaces. */
        Traffic.Route to(Deployment next, Application application);
    }

    Deployment(
            DeploymentRequest request,
            ApplicationOpener opener,
            Switch traffic,
            LoaderWatch loaders,
            DeploymentOptions options,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this.request = request;
        this.clock = clock;
        this.options = options;
        this.scheduler = scheduler;
        this.lifecycle = new Lifecycle(request.id(), clock);
        this.steps = Steps.builder()
                .step("open", times.timed("open", () -> open(opener, loaders)), () -> close(loaders))
                .step("start", times.timed("start", this::startApplication), this::stopApplication)
                .step(
                        "route",
                        times.timed("route", () -> route = traffic.to(this, present(application))),
                        this::closeRoute)
                .build();
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a step was taken before the one that it needs");
        }
        return value;
    }

    private void open(ApplicationOpener opener, LoaderWatch loaders) throws Exception {
        ApplicationOpener.Opened made = opener.open(request);
        opened = made;
        kind = made.kind();
        hash = made.hash();
        loader = loaders.watch(request.id(), made.classLoader());
    }

    private void close(LoaderWatch loaders) throws Exception {
        ApplicationOpener.Opened made = present(opened);
        opened = null;
        try {
            List<String> left = JvmHooks.clean(made.classLoader());
            if (!left.isEmpty()) {
                LOG.log(
                        System.Logger.Level.INFO,
                        id() + " has ended; what it had registered with the JVM was taken away: "
                                + String.join("; ", left));
            }
            made.close();
        } finally {
            loaders.closed(present(loader));
        }
    }

    private void startApplication() throws Exception {
        application = present(opened).start();
    }

    private void stopApplication() throws Exception {
        application = null;
        present(opened).stop();
    }

    private void closeRoute() throws InterruptedException {
        Traffic.Route last = present(route);
        route = null;
        last.close();
        present(loader).heldBy(last.left());
        Deadline until = hurry; // then they have had their time already
        if (last.drain(until == null ? options.drain() : Duration.ZERO)) {
            return;
        }
        if (until == null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    request.id() + " still had " + last.left().get().size() + " requests after "
                            + options.drain().toSeconds()
                            + " s (timeouts.drain); they are ended: 503 where nothing was sent, otherwise broken off");
        }
        last.end();
        if (!last.drain(
                until == null ? options.end() : until.atMost(options.end()).dividedBy(2))) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    request.id() + " is stopped although code of it has not returned: "
                            + String.join("; ", last.left().get()));
        }
    }

    /** Takes it to running or failed; to stopped if it was withdrawn meanwhile. */
    void start() {
        work.lock();
        try {
            starter = Thread.currentThread();
            if (withdrawn) {
                if (lifecycle.state() == State.DESCRIBED) {
                    lifecycle.fail(WITHDRAWN);
                }
                return;
            }
            LOG.log(System.Logger.Level.INFO, id() + " from " + request.archive() + " is being started");
            begin();
        } finally {
            starter = null;
            var ignored = Thread.interrupted(); // of a withdrawal that came when the start was over
            if (withdrawn && lifecycle.state() == State.RUNNING) {
                finish();
            }
            work.unlock();
        }
    }

    private void begin() {
        Instant begin = clock.instant();
        times.ended("turn");
        lifecycle.on(State.Event.START);
        try {
            steps.start();
        } catch (StepFailedException e) {
            startTime = Duration.between(begin, clock.instant());
            failed(e.getCause() == null ? e : e.getCause());
            return;
        }
        startTime = Duration.between(begin, clock.instant());
        lifecycle.on(State.Event.STARTED);
        LOG.log(
                System.Logger.Level.INFO,
                id() + " runs at " + request.path() + " (" + kind + ", started in " + startTime.toMillis()
                        + " ms, sha256 " + hash.substring(0, Math.min(12, hash.length())) + ")");
    }

    private void failed(Throwable cause) {
        if (withdrawn) {
            LOG.log(System.Logger.Level.INFO, "the start of " + id() + " was stopped: " + reason(cause));
            lifecycle.fail(WITHDRAWN);
            return;
        }
        LOG.log(
                System.Logger.Level.ERROR,
                id() + " from " + request.archive() + " failed: " + reason(cause),
                expected(cause) ? null : cause);
        lifecycle.fail(reason(cause));
    }

    /** Fails without having tried. */
    void refuse(String reason) {
        LOG.log(System.Logger.Level.ERROR, request.id() + " from " + request.source() + " failed: " + reason);
        lifecycle.fail(reason);
    }

    /** It shall not serve: a start under way is interrupted, and undone if it succeeds all the same. */
    void withdraw() {
        withdrawn = true;
        Thread starting = starter;
        if (starting != null) {
            starting.interrupt();
        }
    }

    boolean withdrawn() {
        return withdrawn;
    }

    /** What is left to wait for has to be over by then. */
    void hurry(Deadline until) {
        hurry = until;
    }

    /** Takes it to stopped: no new requests, wait for the last, end the application, release it. Waits for a start that is under way. */
    void stop() {
        withdraw();
        work.lock();
        try {
            finish();
        } finally {
            work.unlock();
        }
    }

    private void finish() {
        if (lifecycle.state() == State.STOPPED) {
            return;
        }
        if (lifecycle.state() == State.RUNNING) {
            lifecycle.on(State.Event.DRAIN);
            Duration longer = options.slow().plus(options.drain()).plus(options.end());
            try (SlowWork watched = SlowWork.watch("the end of " + id(), longer, scheduler, () -> {})) {
                steps.stop();
            }
        }
        lifecycle.on(State.Event.STOPPED);
    }

    /** The generation that it has replaced is stopped. */
    void replacedEnded() {
        ApplicationOpener.Opened running = opened;
        if (running != null && state() == State.RUNNING) {
            running.replacedEnded();
        }
    }

    Traffic.@Nullable Route route() {
        return route;
    }

    /** A description of what is wrong with the archive needs no stack trace; everything else may be a bug, here or there. */
    private static boolean expected(Throwable cause) {
        return cause instanceof ArchiveException;
    }

    private static String reason(Throwable cause) {
        if (expected(cause)) {
            return message(cause);
        }
        return chain(cause) + hint(cause);
    }

    private static String hint(Throwable cause) {
        int depth = 0;
        for (Throwable next = cause; next != null && depth++ < 10; next = next.getCause()) {
            if (next instanceof LinkageError || next instanceof ClassNotFoundException) {
                if (message(next).replace('/', '.').contains("javax.servlet.")) {
                    return " (it is made for javax.servlet, Servlet 4.0 and older; expected: jakarta.servlet; the tool"
                            + " jakartaee-migration of Apache Tomcat converts a WAR)";
                }
            }
        }
        return "";
    }

    private static String chain(Throwable cause) {
        StringBuilder reason = new StringBuilder(cause.toString());
        int depth = 0;
        for (Throwable next = cause.getCause(); next != null && depth++ < 5; next = next.getCause()) {
            if (!reason.toString().contains(message(next))) {
                reason.append("; because of ").append(next);
            }
        }
        return reason.toString();
    }

    private static String message(Throwable thrown) {
        return thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    }

    void redeployFailed(String reason) {
        redeployFailure = reason;
    }

    void replacement(@Nullable Deployment next) {
        replacement = next;
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    /** What should run where. */
    public DeploymentRequest request() {
        return request;
    }

    /** The name by which it is known. */
    public String id() {
        return request.id();
    }

    /** Where it stands. */
    public State state() {
        return lifecycle.state();
    }

    /** Since when it stands there. */
    public Instant since() {
        return lifecycle.last().at();
    }

    /** Why it failed, if it did. */
    public Optional<String> failure() {
        return lifecycle.failure();
    }

    /** Why the last attempt to replace it failed; empty if there was none or it succeeded. */
    public String redeployFailure() {
        return redeployFailure;
    }

    /** What is being started in its place. */
    public Optional<Deployment> replacement() {
        return Optional.ofNullable(replacement);
    }

    /** What of it is out of service since its start, each with the reason; empty if it is whole or does not run. */
    public List<String> degradations() {
        ApplicationOpener.Opened running = opened;
        return running == null ? List.of() : running.degradations();
    }

    /** The kind of application; {@code unknown} until it was opened. */
    public String kind() {
        return kind;
    }

    /** SHA-256 of the archive's content; empty until it was opened. */
    public String hash() {
        return hash;
    }

    /** The parts of its start, as far as it has come: its turn, the archive, its own start, its route. */
    public List<StartTimes.Part> parts() {
        return times.parts();
    }

    /** What the application says about itself; empty if it is no WAR or is not open. */
    public Optional<Anatomy> anatomy() {
        ApplicationOpener.Opened made = opened;
        return made == null ? Optional.empty() : made.anatomy();
    }

    /** How long the start took. */
    public Duration startTime() {
        return startTime;
    }

    /** The running application. */
    public Optional<Application> application() {
        return Optional.ofNullable(application);
    }

    @Override
    public String toString() {
        return id() + " " + state();
    }
}
