package dev.sluice.admin;

import dev.sluice.deploy.management.LoopStats;
import dev.sluice.deploy.management.ServerView;
import dev.sluice.engine.gate.ActiveRequest;
import dev.sluice.engine.gate.MountStats;
import dev.sluice.engine.lane.RouteTimes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the server does now, as values for JSON: its requests, the lanes of its routes, its loops. */
final class Activity {
    private final ServerView server;

    Activity(ServerView server) {
        this.server = server;
    }

    /** The requests that are under way. */
    List<Map<String, Object>> requests() {
        return server.requests().stream().map(Activity::request).toList();
    }

    private static Map<String, Object> request(ActiveRequest request) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", request.id());
        fields.put("application", request.application());
        fields.put("method", request.method());
        fields.put("path", request.path());
        fields.put("ageMillis", request.age().toMillis());
        fields.put("state", request.state().name().toLowerCase(Locale.ROOT));
        fields.put("lane", request.lane());
        return fields;
    }

    /** The routes whose times were measured. */
    List<Map<String, Object>> routes() {
        return server.traffic().mounts().stream()
                .flatMap(mount -> mount.routes().stream().map(route -> route(mount, route)))
                .toList();
    }

    private static Map<String, Object> route(MountStats mount, RouteTimes.State route) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("application", mount.application());
        fields.put("route", route.route());
        fields.put("lane", route.onPool() || route.proving() ? "pool" : "own");
        fields.put("reason", route.onPool() ? "held its loop" : route.proving() ? "not proved yet" : "");
        fields.put("averageMicros", route.average().toNanos() / 1_000);
        fields.put("moves", route.moves());
        return fields;
    }

    /** The loops. */
    List<Map<String, Object>> loops() {
        return server.connections().perLoop().stream().map(Activity::loop).toList();
    }

    private static Map<String, Object> loop(LoopStats loop) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", loop.name());
        fields.put("connectionsOpen", loop.connectionsOpen());
        fields.put("connectionsTotal", loop.connectionsTotal());
        fields.put("requests", loop.requests());
        fields.put("mounts", loop.mounts());
        fields.put("submissionRetries", loop.submissionRetries());
        fields.put("completionOverflows", loop.completionOverflows());
        fields.put("held", loop.held());
        return fields;
    }
}
