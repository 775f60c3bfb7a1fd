package dev.sluice.deploy.server;

import dev.sluice.deploy.access.Access;
import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.deployment.Deployment;
import dev.sluice.deploy.deployment.Deployments;
import dev.sluice.deploy.leak.LoaderWatch;
import dev.sluice.deploy.lifecycle.Lifecycle;
import dev.sluice.deploy.lifecycle.State;
import dev.sluice.deploy.management.ApplicationView;
import dev.sluice.deploy.management.ConnectionStats;
import dev.sluice.deploy.management.ServerView;
import dev.sluice.deploy.management.SilentLoop;
import dev.sluice.deploy.operation.Control;
import dev.sluice.engine.application.Application;
import dev.sluice.engine.gate.ActiveRequest;
import dev.sluice.engine.gate.Gate;
import dev.sluice.engine.gate.GateStats;
import dev.sluice.engine.security.WaitingLogins;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The parts of a server as its management sees them. */
record RunningServer(
        Lifecycle lifecycle,
        Deployments all,
        LoaderWatch watch,
        Gate gate,
        ApplicationListener listener,
        ServletContexts contexts,
        AccessLog accessLog,
        Access access,
        Control control,
        Configuration configuration)
        implements ServerView {
    @Override
    public State state() {
        return lifecycle.state();
    }

    @Override
    public Instant since() {
        return lifecycle.last().at();
    }

    @Override
    public List<ApplicationView> applications() {
        return Stream.concat(
                        all.all().stream().map(RunningServer::view),
                        control.stopped().stream().map(RunningServer::view))
                .toList();
    }

    private static ApplicationView view(Control.Stopped stopped) {
        return new ApplicationView(
                stopped.request().id(),
                stopped.request().path(),
                stopped.request().name().version(),
                stopped.request().host().name(),
                State.STOPPED,
                stopped.since(),
                stopped.kind(),
                stopped.request().archive(),
                stopped.hash(),
                Duration.ZERO,
                "",
                List.of(),
                "",
                false,
                List.of(),
                Optional.empty(),
                List.of());
    }

    private static ApplicationView view(Deployment deployment) {
        return new ApplicationView(
                deployment.id(),
                deployment.request().path(),
                deployment.request().name().version(),
                deployment.request().host().name(),
                deployment.state(),
                deployment.since(),
                deployment.kind(),
                deployment.request().archive(),
                deployment.hash(),
                deployment.startTime(),
                deployment.failure().orElse(""),
                deployment.degradations(),
                deployment.redeployFailure(),
                deployment.replacement().isPresent(),
                deployment.parts(),
                deployment.anatomy(),
                deployment.application().map(Application::templates).orElse(List.of()));
    }

    @Override
    public List<LoaderWatch.Loader> loaders() {
        return watch.loaders();
    }

    @Override
    public GateStats traffic() {
        return gate.stats();
    }

    @Override
    public List<ActiveRequest> requests() {
        return gate.activeRequests();
    }

    @Override
    public ConnectionStats connections() {
        return listener.stats();
    }

    @Override
    public List<SilentLoop> silentLoops() {
        return listener.silentLoops();
    }

    @Override
    public long lockedOutLogins() {
        return contexts.lockedOutLogins();
    }

    @Override
    public WaitingLogins.Statistics waitingLogins() {
        return contexts.waitingLogins();
    }

    @Override
    public long droppedAccessLogEntries() {
        return accessLog.dropped();
    }

    @Override
    public void followApplications(Lifecycle.Follower follower) {
        all.follow(follower);
    }
}
