package dev.sluice.admin;

import dev.sluice.deploy.access.Access;
import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.ConfigurationException;
import dev.sluice.deploy.deployment.DeploymentOptions;
import dev.sluice.deploy.deployment.Deployments;
import dev.sluice.deploy.leak.LoaderWatch;
import dev.sluice.deploy.lifecycle.Lifecycle;
import dev.sluice.deploy.lifecycle.State;
import dev.sluice.deploy.management.ApplicationView;
import dev.sluice.deploy.management.ConnectionStats;
import dev.sluice.deploy.management.LoopStats;
import dev.sluice.deploy.management.ServerView;
import dev.sluice.deploy.management.SilentLoop;
import dev.sluice.deploy.operation.Control;
import dev.sluice.engine.gate.ActiveRequest;
import dev.sluice.engine.gate.GateStats;
import dev.sluice.engine.gate.MountStats;
import dev.sluice.engine.http.Answerer;
import dev.sluice.engine.http.ListenerStats;
import dev.sluice.engine.lane.RouteTimes;
import dev.sluice.engine.observe.CompletedRequest;
import dev.sluice.engine.security.LoginThrottle;
import dev.sluice.engine.security.Logins;
import dev.sluice.engine.security.Realm;
import dev.sluice.engine.security.User;
import dev.sluice.engine.security.WaitingLogins;
import dev.sluice.fork.Template;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** A server that stands as a test wants it. */
final class FakeServer implements ServerView {
    State state = State.RUNNING;
    List<RouteTimes.State> routes = List.of();
    List<SilentLoop> silentLoops = List.of();
    /** What applications added from now on have published. */
    List<Template<?>> templates = List.of();

    final List<ApplicationView> applications = new ArrayList<>();
    final List<MountStats> more = new ArrayList<>();
    final List<String[]> settings = new ArrayList<>();
    final List<Lifecycle.Follower> followers = new ArrayList<>();

    private final Access access = freshAccess();
    private final Control control = emptyControl();

    FakeServer() {
        application("shop", "/shop", State.RUNNING, "");
    }

    void application(String name, String path, State where, String failure) {
        application(name, path, where, failure, name + ".war", Instant.EPOCH);
    }

    void application(String name, String path, State where, String failure, String file, Instant since) {
        application(name, path, where, failure, file, since, List.of());
    }

    /** Runs, but for these parts. */
    void degraded(String name, String path, String... degradations) {
        application(name, path, State.RUNNING, "", name + ".war", Instant.EPOCH, List.of(degradations));
    }

    private void application(
            String name,
            String path,
            State where,
            String failure,
            String file,
            Instant since,
            List<String> degradations) {
        applications.add(new ApplicationView(
                name,
                path,
                "",
                "default",
                where,
                since,
                "war",
                Path.of("/apps", file),
                "abc",
                Duration.ofMillis(1500),
                failure,
                degradations,
                "",
                false,
                List.of(),
                Optional.empty(),
                templates));
    }

    static CompletedRequest request(String application, String method, String target, int status, long nanos) {
        return new CompletedRequest(
                application,
                "",
                method,
                target,
                "HTTP/1.1",
                status,
                1,
                0,
                nanos,
                0,
                "r",
                null,
                null,
                Answerer.APPLICATION,
                "loop",
                "localhost",
                null,
                null,
                null);
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public Instant since() {
        return Instant.EPOCH;
    }

    @Override
    public List<ApplicationView> applications() {
        return applications;
    }

    @Override
    public List<LoaderWatch.Loader> loaders() {
        return List.of(new LoaderWatch.Loader("old", LoaderWatch.Fate.LEAKED, Instant.EPOCH, List.of("thread t")));
    }

    @Override
    public GateStats traffic() {
        MountStats shop =
                new MountStats("default", "shop", "/shop", "", 3, 512, 3, 1, 100, 0, 2, 4, 5, 6, 7, 8, 9, "", routes);
        List<MountStats> all = new ArrayList<>(more);
        all.add(shop);
        return new GateStats(3, 4096, 3, 0, 9, "loop", all);
    }

    @Override
    public List<ActiveRequest> requests() {
        return List.of(new ActiveRequest(
                "abc", "shop", "GET", "/shop/slow", Duration.ofMillis(1500), ActiveRequest.State.RUNNING, "loop"));
    }

    @Override
    public List<SilentLoop> silentLoops() {
        return silentLoops;
    }

    @Override
    public ConnectionStats connections() {
        return new ConnectionStats(
                "nio",
                2,
                11,
                22,
                33,
                44,
                7,
                5,
                List.of(new LoopStats("sluice-nio-0", 6, 7, 8, 9, 10, 11, true)),
                new ListenerStats(22, 11, 1, 2, 3, 4, 5, 9, 8, 6));
    }

    @Override
    public long lockedOutLogins() {
        return 12;
    }

    @Override
    public WaitingLogins.Statistics waitingLogins() {
        return new WaitingLogins.Statistics(3, 4096, 17);
    }

    @Override
    public long droppedAccessLogEntries() {
        return 0;
    }

    @Override
    public Control control() {
        return control;
    }

    /** Of a server without applications: what a test adds is only shown. */
    private Control emptyControl() {
        Clock clock = Clock.systemUTC();
        Deployments none = new Deployments(
                request -> {
                    throw new UnsupportedOperationException("open " + request);
                },
                (request, application, replaced) -> {
                    throw new UnsupportedOperationException("route " + request);
                },
                new LoaderWatch(Duration.ofSeconds(30), clock, () -> {}),
                DeploymentOptions.DEFAULT,
                new ScheduledThreadPoolExecutor(0),
                clock);
        return new Control(none, access.directory().resolve("applications"), List.of(), Set.of(), clock);
    }

    @Override
    public Access access() {
        return access;
    }

    private static Access freshAccess() {
        Clock clock = Clock.systemUTC();
        return new Access(
                Path.of("target", "management", UUID.randomUUID().toString()),
                Logins.of(new OneUser(), clock),
                new LoginThrottle(LoginThrottle.Options.DEFAULT, clock),
                clock);
    }

    /** Knows {@code ann}, whose password is her name, with these roles. */
    static final class OneUser implements Realm {
        @Override
        public @Nullable User authenticate(String name, String password) {
            return name.equals("ann") && password.equals("ann")
                    ? User.of("ann", Set.of("clerk", "sluice-viewer@shop", "sluice-clerk"))
                    : null;
        }
    }

    @Override
    public Configuration configuration() {
        try {
            Configuration.Builder builder =
                    Configuration.builder().commandLine("management.names", "admin.example.org", "--set");
            for (String[] setting : settings) {
                builder.commandLine(setting[0], setting[1], "--set");
            }
            return builder.build();
        } catch (ConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void followApplications(Lifecycle.Follower follower) {
        followers.add(follower);
    }

    void change(State.Event... events) {
        Lifecycle lifecycle = new Lifecycle("shop", Clock.systemUTC());
        followers.forEach(lifecycle::follow);
        for (State.Event event : events) {
            lifecycle.on(event);
        }
    }
}
