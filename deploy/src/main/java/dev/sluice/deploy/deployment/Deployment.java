package dev.sluice.deploy.deployment;

import dev.sluice.deploy.leak.LoaderWatch;
import dev.sluice.deploy.lifecycle.Lifecycle;
import dev.sluice.deploy.lifecycle.State;
import dev.sluice.deploy.lifecycle.StepFailedException;
import dev.sluice.deploy.lifecycle.Steps;
import dev.sluice.engine.application.Application;
import dev.sluice.war.archive.ArchiveException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One generation of an application: an archive as it was at one moment, from its description to its end. A redeploy makes another
 * one. What it tells may be asked by any thread; {@link Deployments} starts and stops it.
 */
public final class Deployment {
    private static final System.Logger LOG = System.getLogger(Deployment.class.getName());

    private final DeploymentRequest request;
    private final Lifecycle lifecycle;
    private final Steps steps;
    private final Clock clock;
    private volatile ApplicationOpener.@Nullable Opened opened;
    private volatile @Nullable Application application;
    private volatile Traffic.@Nullable Route route;
    private volatile LoaderWatch.@Nullable Watched loader;
    private volatile String kind = "unknown";
    private volatile String hash = "";
    private volatile Duration startTime = Duration.ZERO;
    private volatile String redeployFailure = "";

    Deployment(
            DeploymentRequest request,
            ApplicationOpener opener,
            Traffic traffic,
            LoaderWatch loaders,
            Duration drain,
            @Nullable Deployment replaced,
            Clock clock) {
        this.request = request;
        this.clock = clock;
        this.lifecycle = new Lifecycle(request.id(), clock);
        this.steps = Steps.builder()
                .step("open", () -> open(opener, loaders), () -> close(loaders))
                .step("start", this::startApplication, this::stopApplication)
                .step("route", () -> openRoute(traffic, replaced), () -> closeRoute(drain))
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

    private void openRoute(Traffic traffic, @Nullable Deployment replaced) {
        route = traffic.open(request, present(application), replaced == null ? null : replaced.route);
    }

    private void closeRoute(Duration drain) throws InterruptedException {
        Traffic.Route last = present(route);
        route = null;
        last.close();
        if (!last.drain(drain)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    request.id() + " still had requests after " + drain.toSeconds() + " s; it is stopped all the same");
        }
    }

    /** Takes it to running or failed. */
    void start() {
        Instant begin = clock.instant();
        lifecycle.on(State.Event.START);
        try {
            steps.start();
        } catch (StepFailedException e) {
            startTime = Duration.between(begin, clock.instant());
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.log(
                    System.Logger.Level.ERROR,
                    request.id() + " from " + request.source() + " failed: " + reason(cause),
                    expected(cause) ? null : cause);
            lifecycle.fail(reason(cause));
            return;
        }
        startTime = Duration.between(begin, clock.instant());
        lifecycle.on(State.Event.STARTED);
        LOG.log(
                System.Logger.Level.INFO,
                request.id() + " runs at " + request.path() + " (" + kind + ", started in " + startTime.toMillis()
                        + " ms, sha256 " + hash.substring(0, Math.min(12, hash.length())) + ")");
    }

    /** Fails without having tried. */
    void refuse(String reason) {
        LOG.log(System.Logger.Level.ERROR, request.id() + " from " + request.source() + " failed: " + reason);
        lifecycle.fail(reason);
    }

    /** Takes it to stopped: no new requests, wait for the last, end the application, release it. */
    void stop() {
        if (lifecycle.state() == State.RUNNING) {
            lifecycle.on(State.Event.DRAIN);
            steps.stop();
        }
        lifecycle.on(State.Event.STOPPED);
    }

    /** A description of what is wrong with the archive needs no stack trace; everything else may be a bug, here or there. */
    private static boolean expected(Throwable cause) {
        return cause instanceof ArchiveException;
    }

    private static String reason(Throwable cause) {
        if (expected(cause)) {
            return message(cause);
        }
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

    /** The kind of application; {@code unknown} until it was opened. */
    public String kind() {
        return kind;
    }

    /** SHA-256 of the archive's content; empty until it was opened. */
    public String hash() {
        return hash;
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
