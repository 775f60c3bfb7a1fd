package dev.sluice.engine.gate;

import dev.sluice.engine.http.FixedPaths;
import dev.sluice.engine.http.FixedRequest;
import dev.sluice.engine.http.FixedTable;
import dev.sluice.engine.routing.RoutingTable;
import dev.sluice.engine.routing.VirtualHost;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the routes of one table lead to fixed responses, whatever else a request says: what another application shadows is not here, nor
 * what depends on a session because several versions share a path.
 */
final class FixedRoutes {
    private FixedRoutes() {}

    /** Is told of a request that was answered with a mount's response. */
    @FunctionalInterface
    interface Answered {
        void answered(Mount mount, FixedRequest request);
    }

    static FixedTable of(List<Mount> mounts, RoutingTable<Mount> routes, Answered answered) {
        Map<VirtualHost, Map<String, FixedPaths.Target>> targets = new HashMap<>();
        for (Mount mount : mounts) {
            String context = mount.application().contextPath();
            mount.fixed().forEach((path, response) -> {
                if (routes.leadsTo(mount, context + path)) {
                    targets.computeIfAbsent(mount.host(), host -> new HashMap<>())
                            .put(
                                    context + path,
                                    new FixedPaths.Target(response, request -> answered.answered(mount, request)));
                }
            });
        }
        if (targets.isEmpty()) {
            return FixedTable.NONE;
        }
        Map<VirtualHost, FixedPaths> hosts = new HashMap<>();
        targets.forEach((host, paths) -> hosts.put(host, new FixedPaths(paths)));
        return new FixedTable(false, name -> {
            VirtualHost host = routes.host(name);
            return host == null ? null : hosts.get(host);
        });
    }
}
