package dev.sluice.deploy.operation;

import dev.sluice.deploy.deployment.Deployment;
import dev.sluice.deploy.deployment.DeploymentRequest;
import dev.sluice.deploy.deployment.Deployments;
import dev.sluice.deploy.dropin.ArchiveName;
import dev.sluice.deploy.lifecycle.State;
import dev.sluice.deploy.operation.OperationException.Kind;
import dev.sluice.engine.routing.VirtualHost;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What operators do to the applications of a server. What is deployed here is there again after a restart; a stop lasts until a start, or
 * until the archive changes or the server restarts. Safe for use by many threads.
 */
public final class Control {
    private static final System.Logger LOG = System.getLogger(Control.class.getName());

    private final Deployments deployments;
    private final ApplicationStore store;
    private final Map<String, VirtualHost> hosts;
    private final Set<Path> dropIns;
    private final Operations operations;
    private final Map<String, Stopped> stopped = new LinkedHashMap<>(); // guarded by this
    private final List<Consumer<Operation>> followers = new CopyOnWriteArrayList<>();

    /**
     * Nothing was done yet.
     *
     * @param directory where uploads are kept
     * @param hosts the virtual hosts that are configured
     * @param dropIns the directories that applications are dropped into
     */
    public Control(Deployments deployments, Path directory, List<VirtualHost> hosts, Set<Path> dropIns, Clock clock) {
        this.deployments = deployments;
        this.store = new ApplicationStore(directory);
        Map<String, VirtualHost> byName = new LinkedHashMap<>();
        byName.put(VirtualHost.DEFAULT.name(), VirtualHost.DEFAULT);
        hosts.forEach(host -> byName.put(host.name(), host));
        this.hosts = byName;
        this.dropIns = Set.copyOf(dropIns);
        this.operations = new Operations(clock, operation -> followers.forEach(each -> each.accept(operation)));
    }

    /**
     * An application that somebody has stopped.
     *
     * @param request how it is started again
     * @param kind of application
     * @param hash of what it was
     * @param since when it was stopped
     */
    public record Stopped(DeploymentRequest request, String kind, String hash, Instant since) {}

    /** Calls the follower for each operation that is over from now on. */
    public void follow(Consumer<Operation> follower) {
        followers.add(follower);
    }

    /**
     * Deploys what was deployed here before the restart.
     *
     * @return the deployments that have begun
     * @throws IOException if the list cannot be read
     */
    public List<CompletableFuture<Deployment>> first() throws IOException {
        store.open();
        List<CompletableFuture<Deployment>> begun = new ArrayList<>();
        for (StoredApplication stored : store.all()) {
            try {
                Path archive =
                        stored.path().isEmpty() ? store.archive(stored.hashes().get(0)) : Path.of(stored.path());
                begun.add(deployments.deployAside(request(stored.host(), stored.name(), archive)));
            } catch (OperationException e) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        stored.name() + ", which was deployed through the management, is not: " + e.getMessage());
            }
        }
        return begun;
    }

    private DeploymentRequest request(String host, String name, Path archive) throws OperationException {
        VirtualHost owner = hosts.get(host);
        if (owner == null) {
            throw new OperationException(
                    Kind.UNKNOWN, "virtual host: " + host + " (expected: one of " + hosts.keySet() + ")");
        }
        if (name.isEmpty() || name.length() > 200 || name.startsWith(".") || name.contains("/")) {
            throw new OperationException(
                    Kind.BAD,
                    "name: " + name
                            + " (expected: a name such as shop, ROOT, a#b or shop##2, without slashes, of at most 200 characters)");
        }
        try {
            String identity = URLEncoder.encode(ApplicationStore.key(host, name), StandardCharsets.UTF_8);
            return new DeploymentRequest(
                    store.directory().resolve(identity), ArchiveName.of(Path.of(name + ".war")), owner, archive);
        } catch (IllegalArgumentException e) {
            throw new OperationException(Kind.BAD, "name: " + e.getMessage());
        }
    }

    /** What runs at a name must have been deployed here, since its own source would bring it back. */
    private void checkOwner(DeploymentRequest request) throws OperationException {
        Optional<DeploymentRequest> other = deployments
                .find(request.id())
                .map(Deployment::request)
                .or(() -> stopped(request.id()).map(Stopped::request))
                .filter(there -> !there.source().equals(request.source()));
        if (other.isPresent()) {
            throw new OperationException(
                    Kind.CONFLICT,
                    request.id() + " comes from " + other.get().source()
                            + " (expected: replace that file, undeploy it first, or another name)");
        }
    }

    /**
     * Receives an archive and deploys it. Returns when it was received; what it replaces serves on until it has started.
     *
     * @param length what the client says; negative if it does not
     * @param most bytes; -1 for any number
     * @param sha256 what the client says that its hash is, in hexadecimal
     */
    public Operation upload(
            String host, String name, InputStream in, long length, long most, Optional<String> sha256, String who)
            throws IOException, OperationException {
        checkOwner(request(host, name, store.directory()));
        if (most >= 0 && length > most) {
            throw ApplicationStore.tooLong(most);
        }
        String hash = store.receive(in, most, sha256);
        DeploymentRequest request = request(host, name, store.archive(hash));
        Operation operation = begin("deploy", request, who, () -> {
            StoredApplication before = store.find(host, name).orElse(new StoredApplication(host, name, "", List.of()));
            store.put(before.serving(hash));
        });
        operation.hash(hash);
        operations.whenOver(operation, () -> store.settled(hash));
        return operation;
    }

    /** Deploys an archive or exploded directory that lies on this machine. */
    public Operation deploy(String host, String name, Path archive, String who) throws OperationException {
        if (!archive.isAbsolute() || !Files.exists(archive)) {
            throw new OperationException(
                    Kind.BAD,
                    "path: " + archive + " (expected: the absolute path of an archive or directory on the server)");
        }
        DeploymentRequest request = request(host, name, archive);
        checkOwner(request);
        return begin(
                "deploy",
                request,
                who,
                () -> store.put(
                        new StoredApplication(host, name, archive.normalize().toString(), List.of())));
    }

    private interface Success {
        void note() throws IOException;
    }

    private Operation begin(String what, DeploymentRequest request, String who, Success success) {
        Operation operation = operations.begin(what, request.id(), who);
        Deployments.Attempt attempt = deployments.attempt(request);
        operation.starts(attempt.next());
        synchronized (this) {
            stopped.remove(request.id());
        }
        var ignored = attempt.result().whenComplete((serving, failure) -> {
            if (failure != null) {
                operation.finish(Operation.Outcome.FAILED, failure.toString());
            } else {
                ended(operation, attempt.next(), serving, success);
            }
        });
        return operation;
    }

    private void ended(Operation operation, Deployment attempted, Deployment serving, Success success) {
        try {
            if (attempted.state() == State.RUNNING) {
                success.note();
            }
            operation.startEnded(attempted, serving);
            sweep();
        } catch (IOException e) {
            operation.finish(
                    Operation.Outcome.FAILED,
                    "it serves, but will not after a restart, since the list of what was deployed cannot be written: "
                            + e);
        }
    }

    private void sweep() throws IOException {
        Set<Path> inUse =
                stopped().stream().map(each -> each.request().archive()).collect(Collectors.toSet());
        deployments.all().forEach(each -> inUse.add(each.request().archive()));
        store.sweep(inUse);
    }

    private Deployment known(String id) throws OperationException {
        return deployments
                .find(id)
                .orElseThrow(() -> new OperationException(
                        Kind.UNKNOWN,
                        "application: " + id + (stopped(id).isPresent() ? " is stopped" : " is not here")
                                + " (expected: one that runs, starts or failed)"));
    }

    /** Reads its archive again and replaces what runs; what runs serves until then. */
    public Operation redeploy(String id, String who) throws OperationException {
        return begin("redeploy", known(id).request(), who, () -> {});
    }

    /** Starts what was stopped or has failed. */
    public Operation start(String id, String who) throws OperationException {
        Optional<Stopped> there = stopped(id);
        if (there.isPresent() && deployments.find(id).isEmpty()) {
            return begin("start", there.get().request(), who, () -> {});
        }
        Deployment deployment = known(id);
        if (deployment.state() != State.FAILED) {
            throw new OperationException(
                    Kind.CONFLICT, id + " is " + deployment.state() + " (expected: one that is stopped or has failed)");
        }
        return begin("start", deployment.request(), who, () -> {});
    }

    /** Ends it, after its last request; its archive stays. */
    public Operation stop(String id, String who) throws OperationException {
        Deployment deployment = known(id);
        synchronized (this) {
            stopped.put(id, new Stopped(deployment.request(), deployment.kind(), deployment.hash(), operations.now()));
        }
        return end("stop", deployment, who, () -> {});
    }

    private Operation end(String what, Deployment deployment, String who, Success success) {
        Operation operation = operations.begin(what, deployment.id(), who);
        var ignored = deployments.undeploy(deployment).whenComplete((nothing, failure) -> {
            try {
                success.note();
                operation.finish(
                        failure == null ? Operation.Outcome.DONE : Operation.Outcome.FAILED,
                        failure == null ? "" : failure.toString());
                sweep();
            } catch (IOException e) {
                operation.finish(Operation.Outcome.FAILED, "it has ended, but comes back at a restart: " + e);
            }
        });
        return operation;
    }

    /**
     * Ends it and forgets it. What was uploaded is removed; what lies in a directory that applications are dropped into is renamed to a name
     * with a dot in front, so it does not come back.
     */
    public Operation undeploy(String id, String who) throws OperationException, IOException {
        Optional<Deployment> running = deployments.find(id);
        DeploymentRequest request = running.isPresent()
                ? running.get().request()
                : stopped(id).map(Stopped::request).orElse(null);
        if (request == null) {
            throw new OperationException(
                    Kind.UNKNOWN, "application: " + id + " (expected: one that is here; GET /api/v1/apps lists them)");
        }
        setAside(request);
        store.remove(request.host().name(), request.name().name());
        synchronized (this) {
            stopped.remove(id);
        }
        if (running.isPresent()) {
            return end("undeploy", running.get(), who, () -> {});
        }
        Operation operation = operations.begin("undeploy", id, who);
        operation.finish(Operation.Outcome.DONE, "");
        sweep();
        return operation;
    }

    private void setAside(DeploymentRequest request) throws IOException {
        Path source = request.source();
        if (source.getParent() != null && dropIns.contains(source.getParent()) && Files.exists(source)) {
            Path aside = source.resolveSibling("." + source.getFileName() + ".undeployed-" + operations.nextId());
            Files.move(source, aside);
            LOG.log(System.Logger.Level.INFO, source + " was undeployed and is now " + aside);
        }
    }

    /**
     * Serves an archive again that was uploaded before.
     *
     * @param hash which one; empty for the one before the current
     */
    public Operation back(String id, Optional<String> hash, String who) throws OperationException {
        DeploymentRequest current = known(id).request();
        List<String> hashes = store.find(current.host().name(), current.name().name())
                .map(StoredApplication::hashes)
                .orElse(List.of());
        if (hashes.size() < 2) {
            throw new OperationException(
                    Kind.CONFLICT,
                    id + " has no archive before this one (expected: one that was uploaded more than once)");
        }
        String wanted = hash.orElse(hashes.get(1));
        if (!hashes.contains(wanted)) {
            throw new OperationException(
                    Kind.UNKNOWN, "hash: " + wanted + " (expected: one that is kept, of " + hashes + ")");
        }
        DeploymentRequest request =
                request(current.host().name(), current.name().name(), store.archive(wanted));
        Operation operation = begin("back", request, who, () -> {
            Optional<StoredApplication> stored =
                    store.find(request.host().name(), request.name().name());
            if (stored.isPresent()) {
                store.put(stored.get().serving(wanted));
            }
        });
        operation.hash(wanted);
        return operation;
    }

    /** The archives that were uploaded for it and are kept, the one that is served first; none if it comes from elsewhere. */
    public List<String> versions(String host, String name) {
        return store.find(host, name).map(StoredApplication::hashes).orElse(List.of());
    }

    /** Whether it was deployed here. */
    public boolean owns(DeploymentRequest request) {
        return request.source().startsWith(store.directory());
    }

    /** What was stopped here and was not started since, whatever else has brought it back. */
    public synchronized List<Stopped> stopped() {
        Set<String> there = deployments.all().stream().map(Deployment::id).collect(Collectors.toSet());
        return stopped.values().stream()
                .filter(each -> !there.contains(each.request().id()))
                .toList();
    }

    private synchronized Optional<Stopped> stopped(String id) {
        return Optional.ofNullable(stopped.get(id));
    }

    /** The operations that are remembered, the newest first. */
    public List<Operation> operations() {
        return operations.all();
    }

    /** The operation with this id. */
    public Optional<Operation> operation(String id) {
        return operations.find(id);
    }

    /**
     * Stops an operation that has not switched.
     *
     * @throws OperationException if it is too late
     */
    public void cancel(Operation operation) throws OperationException {
        if (!operation.cancel(deployments)) {
            throw new OperationException(
                    Kind.CONFLICT,
                    operation.what() + " of " + operation.application() + " is "
                            + operation.outcome().name().toLowerCase(Locale.ROOT)
                            + " (expected: a start to which no requests go yet)");
        }
    }
}
