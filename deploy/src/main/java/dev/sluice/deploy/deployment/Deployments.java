package dev.sluice.deploy.deployment;

import dev.sluice.deploy.leak.LoaderWatch;
import dev.sluice.deploy.lifecycle.Deadline;
import dev.sluice.deploy.lifecycle.Lifecycle;
import dev.sluice.deploy.lifecycle.State;
import dev.sluice.engine.application.Application;
import dev.sluice.engine.routing.VirtualHost;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The applications of a server. Each starts and ends on a thread of its own, whatever the others do: none waits for another one, except for
 * its turn, as long as the starts before it are quick. All methods may be called from any thread.
 *
 * <pre>
 * deploy: begin (its place is taken) -> turn -> start -> switch (requests go to it, away from what it replaces) -> what it replaces ends
 *           +-- again for the same place: the unfinished start is withdrawn, the last one counts
 * </pre>
 */
public final class Deployments {
    private static final System.Logger LOG = System.getLogger(Deployments.class.getName());

    private final ApplicationOpener opener;
    private final Traffic traffic;
    private final LoaderWatch loaders;
    private final DeploymentOptions options;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final Turns turns;
    /** Guards what follows; nobody starts or ends anything while holding it. */
    private final ReentrantLock changes = new ReentrantLock();

    private final List<Lifecycle.Follower> followers = new CopyOnWriteArrayList<>();
    private final Map<Place, Deployment> starting = new LinkedHashMap<>();
    private final Map<Place, Deployment> serving = new LinkedHashMap<>();
    private final Map<Deployment, CompletableFuture<@Nullable Void>> ending = new LinkedHashMap<>();
    private boolean closed;

    /** In the order of their deployment; replaced as a whole, under the lock. */
    private volatile Map<Place, Deployment> current = Map.of();

    /** Where an application comes from and where it is served: the same archive may be served at several paths. */
    private record Place(Path source, VirtualHost host, String contextPath, String version) {
        static Place of(DeploymentRequest request) {
            return new Place(
                    request.source(),
                    request.host(),
                    request.name().contextPath(),
                    request.name().version());
        }

        boolean sameAddress(Place other) {
            return host.equals(other.host) && contextPath.equals(other.contextPath) && version.equals(other.version);
        }
    }

    /**
     * No applications yet.
     *
     * @param scheduler tells of what takes long; nothing is said any more when it is shut down
     */
    public Deployments(
            ApplicationOpener opener,
            Traffic traffic,
            LoaderWatch loaders,
            DeploymentOptions options,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this.opener = opener;
        this.traffic = traffic;
        this.loaders = loaders;
        this.options = options;
        this.scheduler = scheduler;
        this.clock = clock;
        this.turns = new Turns(options.parallel());
    }

    /** Calls the follower for every change of state of every application from now on. */
    public void follow(Lifecycle.Follower follower) {
        followers.add(follower);
    }

    /** The applications that run, start or failed, in the order of their deployment. */
    public List<Deployment> all() {
        return List.copyOf(current.values());
    }

    /** The application with this id; of several the one that runs. */
    public Optional<Deployment> find(String id) {
        List<Deployment> named =
                all().stream().filter(deployment -> deployment.id().equals(id)).toList();
        return named.stream()
                .filter(deployment -> deployment.state() == State.RUNNING)
                .findFirst()
                .or(() -> named.stream().findFirst());
    }

    /**
     * Deploys what is new, and replaces what is there. The new generation starts while the old one serves; then requests go to the new
     * one, and the old one ends when its last request did. If the new one does not start, the old one serves on. A start for the same
     * place that is still under way is withdrawn.
     *
     * @return the generation that serves or failed: after a failed replacement the old one
     */
    public Deployment deploy(DeploymentRequest request) {
        return start(begin(request));
    }

    /** The same on a thread of its own: its place is taken when this returns. */
    public CompletableFuture<Deployment> deployAside(DeploymentRequest request) {
        return attempt(request).result();
    }

    /**
     * A deployment that has begun.
     *
     * @param next the generation that is being started
     * @param result the generation that serves or failed in the end
     */
    public record Attempt(Deployment next, CompletableFuture<Deployment> result) {}

    /** The same for who follows it, and may {@linkplain #cancel} it. */
    public Attempt attempt(DeploymentRequest request) {
        CompletableFuture<Deployment> result = new CompletableFuture<>();
        Deployment next = begin(request);
        thread("sluice-start-" + request.id(), () -> {
            try {
                result.complete(start(next));
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.ERROR, "the start of " + request.id() + " failed", e);
                result.completeExceptionally(e);
            }
        });
        return new Attempt(next, result);
    }

    /**
     * Withdraws a start. What it was to replace serves on; if there is nothing, the place is free again.
     *
     * @return false if it is too late: requests go to it already, or it has ended
     */
    public boolean cancel(Deployment next) {
        Place place = Place.of(next.request());
        changes.lock();
        try {
            if (!starting.remove(place, next)) {
                return false;
            }
            next.withdraw();
            Deployment old = serving.get(place);
            if (old == null) {
                Map<Place, Deployment> rest = new LinkedHashMap<>(current);
                rest.remove(place, next);
                current = rest;
            } else if (old.replacement().orElse(null) == next) {
                old.replacement(null);
            }
            return true;
        } finally {
            changes.unlock();
        }
    }

    private Deployment begin(DeploymentRequest request) {
        Place place = Place.of(request);
        changes.lock();
        try {
            Deployment next = new Deployment(request, opener, this::switchTo, loaders, options, scheduler, clock);
            followers.forEach(next.lifecycle()::follow);
            Optional<Deployment> owner = ownerOfAddress(place);
            Deployment unfinished = starting.put(place, next);
            if (unfinished != null) {
                unfinished.withdraw();
            }
            Deployment old = serving.get(place);
            if (old == null) {
                put(place, next);
            } else {
                old.replacement(next);
            }
            if (closed) {
                next.refuse("the server stops");
            } else if (owner.isPresent()) {
                next.refuse(taken(request, owner.get()));
            }
            return next;
        } finally {
            changes.unlock();
        }
    }

    private static String taken(DeploymentRequest request, Deployment owner) {
        String version = request.name().version();
        return "context path " + request.path() + (version.isEmpty() ? "" : ", version " + version) + " is taken by "
                + owner.id() + " from " + owner.request().source()
                + " (expected: one application for each path; give one of them another name or version)";
    }

    /** What runs or is about to run at the same address, from another source. */
    private Optional<Deployment> ownerOfAddress(Place place) {
        return all().stream()
                .filter(other -> !other.request().source().equals(place.source()))
                .filter(other -> other.state() != State.FAILED && !other.withdrawn())
                .filter(other -> Place.of(other.request()).sameAddress(place))
                .findFirst();
    }

    private Deployment start(Deployment next) {
        Place place = Place.of(next.request());
        if (next.state() == State.DESCRIBED) {
            startInTurn(next);
        }
        changes.lock();
        try {
            starting.remove(place, next);
            Deployment old = serving.get(place);
            if (old == null || old == next) {
                return next;
            }
            if (old.replacement().orElse(null) == next) {
                old.replacement(null);
                old.redeployFailed(next.failure().orElse("unknown"));
            }
            return old;
        } finally {
            changes.unlock();
        }
    }

    private void startInTurn(Deployment next) {
        try (Turns.Turn turn = turns.take();
                SlowWork watched =
                        SlowWork.watch("the start of " + next.id(), options.slow(), scheduler, turn::close)) {
            next.start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            next.refuse("interrupted while it waited for its turn");
        }
    }

    /** In one step: requests find the new generation or the one that it replaces. */
    private Traffic.Route switchTo(Deployment next, Application application) {
        Place place = Place.of(next.request());
        changes.lock();
        try {
            if (closed || next.withdrawn()) {
                throw new IllegalStateException("nobody wants it any more");
            }
            Deployment old = serving.get(place);
            Traffic.Route route = traffic.open(next.request(), application, old == null ? null : old.route());
            starting.remove(place, next);
            serving.put(place, next);
            put(place, next);
            if (old != null) {
                var ignored = end(old).thenRun(next::replacedEnded);
            }
            return route;
        } finally {
            changes.unlock();
        }
    }

    /**
     * Takes away what was deployed from a source; a start under way is withdrawn.
     *
     * @return complete when its last request ended and it was released; at once if there is none
     */
    public CompletableFuture<@Nullable Void> undeploy(Path source) {
        Path wanted = source.toAbsolutePath().normalize();
        return takeAway(place -> place.source().equals(wanted));
    }

    /** The same for what is served at one address; a start under way in its place is withdrawn, too. */
    public CompletableFuture<@Nullable Void> undeploy(Deployment deployment) {
        return takeAway(Place.of(deployment.request())::equals);
    }

    private CompletableFuture<@Nullable Void> takeAway(Predicate<Place> wanted) {
        changes.lock();
        try {
            Set<Deployment> gone = new LinkedHashSet<>();
            Map<Place, Deployment> rest = new LinkedHashMap<>(current);
            for (Map<Place, Deployment> each : List.of(starting, serving, rest)) {
                each.forEach((place, deployment) -> {
                    if (wanted.test(place)) {
                        gone.add(deployment);
                    }
                });
                each.keySet().removeIf(wanted);
            }
            current = rest;
            return CompletableFuture.allOf(gone.stream().map(this::end).toArray(CompletableFuture[]::new));
        } finally {
            changes.unlock();
        }
    }

    /** Withdraws the starts that are under way, and lets none begin any more. */
    public void close() {
        changes.lock();
        try {
            closed = true;
            starting.values().forEach(Deployment::withdraw);
        } finally {
            changes.unlock();
        }
    }

    /**
     * Ends all of them, each on a thread of its own.
     *
     * @param deadline when this returns at the latest; what has not ended by then is named in the log and left behind
     */
    public void stopAll(Deadline deadline) {
        close();
        Map<Deployment, CompletableFuture<@Nullable Void>> ends;
        changes.lock();
        try {
            Set<Deployment> all = new LinkedHashSet<>(current.values());
            all.addAll(serving.values());
            all.addAll(starting.values());
            all.addAll(ending.keySet());
            all.forEach(deployment -> deployment.hurry(deadline));
            for (Deployment deployment : all) {
                var ignored = end(deployment); // it is in the map
            }
            ends = new LinkedHashMap<>(ending);
            starting.clear();
            serving.clear();
            current = Map.of();
        } finally {
            changes.unlock();
        }
        ends.forEach((deployment, end) -> await(deployment, end, deadline));
    }

    private static void await(Deployment deployment, CompletableFuture<@Nullable Void> end, Deadline deadline) {
        try {
            end.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    deployment + " has not ended in time; it is left behind (expected: its start, its requests and"
                            + " contextDestroyed return)");
        } catch (ExecutionException e) {
            LOG.log(System.Logger.Level.ERROR, "the end of " + deployment.id() + " failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(Place place, Deployment deployment) {
        Map<Place, Deployment> more = new LinkedHashMap<>(current);
        more.put(place, deployment);
        current = more;
    }

    /** With the lock. */
    private CompletableFuture<@Nullable Void> end(Deployment deployment) {
        CompletableFuture<@Nullable Void> known = ending.get(deployment);
        if (known != null) {
            return known;
        }
        deployment.withdraw();
        CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
        ending.put(deployment, ended);
        thread("sluice-end-" + deployment.id(), () -> {
            try {
                deployment.stop();
                forget(deployment);
                ended.complete(null);
            } catch (RuntimeException | Error e) {
                forget(deployment);
                ended.completeExceptionally(e);
            }
        });
        return ended;
    }

    private void forget(Deployment deployment) {
        changes.lock();
        try {
            ending.remove(deployment);
        } finally {
            changes.unlock();
        }
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        // Whoever asks for it may be in an application, whose loader the thread must not keep.
        thread.setContextClassLoader(Deployments.class.getClassLoader());
        thread.setDaemon(true);
        thread.start();
    }
}
