package dev.sluice.deploy.management;

import dev.sluice.deploy.access.Access;
import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.leak.LoaderWatch;
import dev.sluice.deploy.lifecycle.Lifecycle;
import dev.sluice.deploy.lifecycle.State;
import dev.sluice.deploy.operation.Control;
import dev.sluice.engine.gate.ActiveRequest;
import dev.sluice.engine.gate.GateStats;
import dev.sluice.engine.security.WaitingLogins;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What may be seen of a running server. Nothing here changes anything; all methods may be called from any thread. */
public interface ServerView {
    /** Where the server stands. */
    State state();

    /** Since when it stands there. */
    Instant since();

    /** The applications that run or failed. */
    List<ApplicationView> applications();

    /** The application with this name; of several generations the one that runs. */
    default Optional<ApplicationView> application(String name) {
        return applications().stream()
                .filter(view -> view.name().equals(name))
                .min(Comparator.comparing(view -> view.state() != State.RUNNING));
    }

    /** Class loaders that were not collected yet. */
    List<LoaderWatch.Loader> loaders();

    /** Figures of the gate. */
    GateStats traffic();

    /** The requests that are under way. */
    List<ActiveRequest> requests();

    /** Figures of the connections. */
    ConnectionStats connections();

    /** Loops that do not turn, for longer than is configured. */
    List<SilentLoop> silentLoops();

    /** Logins that failed without being tried, because the user or the address is locked out. */
    long lockedOutLogins();

    /** Figures of the requests that wait for a login. */
    WaitingLogins.Statistics waitingLogins();

    /** Entries of the access log that were dropped. */
    long droppedAccessLogEntries();

    /** What operators do to the applications. */
    Control control();

    /** Who may do what on the management listener. */
    Access access();

    /** The effective configuration. */
    Configuration configuration();

    /** Calls the follower for every change of state of an application from now on. */
    void followApplications(Lifecycle.Follower follower);
}
