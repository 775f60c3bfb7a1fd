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
import dev.sluice.engine.application.Application;
import dev.sluice.engine.gate.ActiveRequest;
import dev.sluice.engine.gate.Gate;
import dev.sluice.engine.gate.GateStats;
import dev.sluice.engine.security.WaitingLogins;
import java.time.Instant;
import java.util.List;

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
        return all.all().stream().map(RunningServer::view).toList();
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
                deployment.request().source(),
                deployment.hash(),
                deployment.startTime(),
                deployment.failure().orElse(""),
                deployment.degradations(),
                deployment.redeployFailure(),
                deployment.replacement().isPresent(),
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
