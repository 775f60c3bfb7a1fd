package dev.sluice.deploy.deployment;

import dev.sluice.deploy.leak.LoaderWatch;
import dev.sluice.deploy.lifecycle.Lifecycle;
import dev.sluice.deploy.lifecycle.State;
import dev.sluice.engine.routing.VirtualHost;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The applications of a server. Changes happen one after the other, whoever asks for them; what is told about them may be asked by
 * any thread at any time. Ending an application waits for its requests on a thread of its own.
 */
public final class Deployments {
    private final ApplicationOpener opener;
    private final Traffic traffic;
    private final LoaderWatch loaders;
    private final Duration drain;
    private final Clock clock;
    private final ReentrantLock changes = new ReentrantLock();
    private final List<Lifecycle.Follower> followers = new CopyOnWriteArrayList<>();

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
    }

    /**
     * No applications yet.
     *
     * @param drain how long an application that ends waits for its requests
     */
    public Deployments(ApplicationOpener opener, Traffic traffic, LoaderWatch loaders, Duration drain, Clock clock) {
        this.opener = opener;
        this.traffic = traffic;
        this.loaders = loaders;
        this.drain = drain;
        this.clock = clock;
    }

    /** Calls the follower for every change of state of every application from now on. */
    public void follow(Lifecycle.Follower follower) {
        followers.add(follower);
    }

    /** The applications that run or failed, in the order of their deployment. */
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
     * one, and the old one ends when its last request did. If the new one does not start, the old one serves on.
     *
     * @return the generation that serves or failed: after a failed replacement the old one
     */
    public Deployment deploy(DeploymentRequest request) {
        changes.lock();
        try {
            Deployment old = current.get(Place.of(request));
            Deployment running = old != null && old.state() == State.RUNNING ? old : null;
            Deployment next = new Deployment(request, opener, traffic, loaders, drain, running, clock);
            followers.forEach(next.lifecycle()::follow);
            if (running == null) {
                put(next);
            }
            Optional<Deployment> owner = ownerOfPath(request);
            if (owner.isPresent()) {
                next.refuse("context path " + request.path() + version(request) + " is taken by "
                        + owner.get().id() + " from " + owner.get().request().source()
                        + " (expected: one application for each path; give one of them another name or version)");
            } else {
                next.start();
            }
            return running == null ? next : replaced(running, next);
        } finally {
            changes.unlock();
        }
    }

    private Deployment replaced(Deployment old, Deployment next) {
        if (next.state() != State.RUNNING) {
            old.redeployFailed(next.failure().orElse("unknown"));
            return old;
        }
        put(next);
        end(old);
        return next;
    }

    private static String version(DeploymentRequest request) {
        return request.name().version().isEmpty()
                ? ""
                : ", version " + request.name().version();
    }

    private Optional<Deployment> ownerOfPath(DeploymentRequest request) {
        return all().stream()
                .filter(other -> !other.request().source().equals(request.source()))
                .filter(other -> other.state() == State.RUNNING)
                .filter(other -> other.request().host().equals(request.host())
                        && other.request()
                                .name()
                                .contextPath()
                                .equals(request.name().contextPath())
                        && other.request()
                                .name()
                                .version()
                                .equals(request.name().version()))
                .findFirst();
    }

    /**
     * Takes away what was deployed from a source.
     *
     * @return complete when its last request ended and it was released; at once if there is none
     */
    public CompletableFuture<@Nullable Void> undeploy(Path source) {
        Path wanted = source.toAbsolutePath().normalize();
        changes.lock();
        try {
            Map<Place, Deployment> rest = new LinkedHashMap<>(current);
            rest.keySet().removeIf(place -> place.source().equals(wanted));
            List<Deployment> gone =
                    all().stream().filter(each -> !rest.containsValue(each)).toList();
            current = rest;
            return CompletableFuture.allOf(gone.stream().map(Deployments::end).toArray(CompletableFuture[]::new));
        } finally {
            changes.unlock();
        }
    }

    /** Ends all of them, each on a thread of its own, and waits for that. */
    public void stopAll() {
        List<CompletableFuture<@Nullable Void>> ends = new ArrayList<>();
        for (Deployment deployment : all()) {
            ends.add(undeploy(deployment.request().source()));
        }
        ends.forEach(CompletableFuture::join);
    }

    private void put(Deployment deployment) {
        Map<Place, Deployment> more = new LinkedHashMap<>(current);
        more.put(Place.of(deployment.request()), deployment);
        current = more;
    }

    private static CompletableFuture<@Nullable Void> end(Deployment deployment) {
        CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        deployment.stop();
                        ended.complete(null);
                    } catch (RuntimeException e) {
                        ended.completeExceptionally(e);
                    }
                },
                "sluice-end-" + deployment.id());
        thread.setDaemon(true);
        thread.start();
        return ended;
    }
}
