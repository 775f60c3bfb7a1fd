package dev.sluice.engine.gate;

import dev.sluice.engine.http.FixedPaths;
import dev.sluice.engine.http.FixedResponse;
import dev.sluice.engine.http.FixedTable;
import dev.sluice.engine.routing.RoutingTable;
import dev.sluice.engine.routing.VirtualHost;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the routes of one table lead to fixed responses, whatever else a request says: what another application shadows is not here, nor
 * what depends on a session because several versions share a path.
 */
final class FixedRoutes {
    private static final int MOST_LEARNED = 1024;

    private final RoutingTable<Mount> routes;
    private final FixedAnswered answered;
    private final Map<VirtualHost, Host> hosts = new HashMap<>();
    private final FixedTable table;

    /** Is told of a request that was answered with a mount's response. */
    @FunctionalInterface
    interface FixedAnswered {
        void answered(Mount mount, dev.sluice.engine.http.FixedRequest request);
    }

    FixedRoutes(List<Mount> mounts, RoutingTable<Mount> routes, FixedAnswered answered) {
        this.routes = routes;
        this.answered = answered;
        for (Mount mount : mounts) {
            hosts.computeIfAbsent(mount.host(), host -> new Host()).add(mount);
        }
        hosts.values().forEach(Host::publish);
        boolean none = mounts.stream().noneMatch(Mount::answersFixed);
        this.table = none ? FixedTable.NONE : new FixedTable(false, this::host);
    }

    FixedTable table() {
        return table;
    }

    private @Nullable Host host(String name) {
        VirtualHost host = routes.host(name);
        return host == null ? null : hosts.get(host);
    }

    /** Adds what a mount has found out, if requests for it end there now. */
    void learn(Mount mount, String path, FixedResponse response) {
        Host host = hosts.get(mount.host());
        if (host != null) {
            host.learn(mount, mount.application().contextPath() + path, response);
        }
    }

    /** The responses of one host; what is added later makes a new set of paths. */
    private final class Host implements FixedTable.Host {
        private final Map<String, FixedPaths.Target> targets = new HashMap<>();
        private volatile FixedPaths paths = FixedPaths.NONE;

        @Override
        public FixedPaths paths() {
            return paths;
        }

        void add(Mount mount) {
            String context = mount.application().contextPath();
            mount.fixed().forEach((path, response) -> add(mount, context + path, response));
        }

        private boolean add(Mount mount, String path, FixedResponse response) {
            if (!routes.leadsTo(mount, path)) {
                return false;
            }
            targets.put(path, new FixedPaths.Target(response, request -> answered.answered(mount, request)));
            return true;
        }

        synchronized void learn(Mount mount, String path, FixedResponse response) {
            FixedPaths.Target known = targets.get(path);
            if ((known == null || known.response() != response)
                    && targets.size() < MOST_LEARNED
                    && add(mount, path, response)) {
                publish();
            }
        }

        synchronized void publish() {
            paths = new FixedPaths(targets);
        }
    }
}
