package dev.sluice.admin;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.sluice.deploy.leak.LoaderWatch;
import dev.sluice.deploy.management.ApplicationView;
import dev.sluice.deploy.management.ConnectionStats;
import dev.sluice.deploy.management.ServerView;
import dev.sluice.engine.gate.GateStats;
import dev.sluice.engine.gate.MountStats;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The server's state as values for JSON. Objects are flat, so that shell scripts can read them. */
final class Status {
    private final ServerView server;

    Status(ServerView server) {
        this.server = server;
    }

    /** Every application with its figures. */
    List<Map<String, Object>> applications() {
        Map<String, MountStats> byName = server.traffic().mounts().stream()
                .collect(Collectors.toMap(MountStats::application, Function.identity(), (a, b) -> b));
        return server.applications().stream()
                .map(application -> application(application, byName.get(application.name())))
                .toList();
    }

    private static Map<String, Object> application(ApplicationView application, @Nullable MountStats traffic) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", application.name());
        fields.put("contextPath", application.contextPath());
        fields.put("version", application.version());
        fields.put("host", application.host());
        fields.put("state", application.state().toString());
        fields.put("since", application.since().toString());
        fields.put("kind", application.kind());
        fields.put("source", application.source().toString());
        fields.put("hash", application.hash());
        fields.put("startMillis", application.startTime().toMillis());
        fields.put("reason", application.failure());
        fields.put("degradations", application.degradations());
        fields.put("redeployFailure", application.redeployFailure());
        fields.put("replacing", application.replacing());
        fields.put("requests", traffic == null ? 0 : traffic.requests());
        fields.put("inFlight", traffic == null ? 0 : traffic.inFlight());
        fields.put("waiting", traffic == null ? 0 : traffic.waiting());
        fields.put("permits", traffic == null ? 0 : traffic.permits());
        fields.put("rejected", traffic == null ? 0 : traffic.rejected());
        fields.put("overdue", traffic == null ? 0 : traffic.overdue());
        fields.put("cancelled", traffic == null ? 0 : traffic.cancelled());
        fields.put("crashed", traffic == null ? 0 : traffic.crashed());
        fields.put(
                "routesOnPool",
                traffic == null
                        ? 0
                        : traffic.routes().stream()
                                .filter(route -> route.onPool())
                                .count());
        fields.put("degraded", traffic == null ? "" : traffic.degraded());
        return fields;
    }

    /** One application with its figures. */
    Map<String, Object> application(ApplicationView application) {
        return application(
                application,
                server.traffic().mounts().stream()
                        .filter(mount -> mount.application().equals(application.name()))
                        .reduce((a, b) -> b)
                        .orElse(null));
    }

    /** Figures of the server as a whole. */
    Map<String, Object> figures() {
        GateStats gate = server.traffic();
        ConnectionStats connections = server.connections();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("state", server.state().toString());
        fields.put("since", server.since().toString());
        fields.put(
                "uptimeSeconds", Duration.between(server.since(), Instant.now()).toSeconds());
        fields.put("jdk", Runtime.version().toString());
        fields.put("transport", connections.transport());
        fields.put("loops", connections.loops());
        fields.put("lane", gate.lane());
        fields.put("connectionsOpen", connections.open());
        fields.put("connectionsAccepted", connections.accepted());
        fields.put("connectionSpread", connections.spread().grade().name().toLowerCase(Locale.ROOT));
        fields.put("connectionSpreadRatio", connections.spread().ratio());
        fields.put("buffersInUse", connections.buffers());
        fields.put("loopHolds", connections.holds());
        fields.put("connectionsOverLimit", connections.listener().overLimit());
        fields.put("connectionsEvicted", connections.listener().evicted());
        fields.put("requestsMalformed", connections.listener().malformed());
        fields.put("requestsOversized", connections.listener().oversized());
        fields.put("clientsDisconnected", connections.listener().disconnected());
        fields.put("responsesSlow", connections.listener().slow());
        fields.put("requestsAnsweredDirectly", connections.listener().direct());
        fields.put("bytesRead", connections.bytesRead());
        fields.put("bytesWritten", connections.bytesWritten());
        fields.put(
                "requests",
                gate.mounts().stream().mapToLong(MountStats::requests).sum());
        fields.put("requestsInFlight", gate.inFlight());
        fields.put("permitsTaken", gate.permitsTaken());
        fields.put("requestsWaiting", gate.waiting());
        fields.put("requestsUnrouted", gate.unrouted());
        fields.put("applications", server.applications().size());
        fields.put("accessLogDropped", server.droppedAccessLogEntries());
        fields.put("heapUsed", heapUsed());
        fields.put("directMemoryUsed", directMemoryUsed());
        fields.put("descriptorsOpen", descriptorsOpen());
        return fields;
    }

    private static long directMemoryUsed() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** -1 where the system does not tell. */
    private static long descriptorsOpen() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : -1;
    }

    private static long heapUsed() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Class loaders that were not collected yet. */
    List<Map<String, Object>> loaders() {
        return server.loaders().stream().map(Status::loader).toList();
    }

    private static Map<String, Object> loader(LoaderWatch.Loader loader) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("application", loader.application());
        fields.put("fate", loader.fate().name().toLowerCase(Locale.ROOT));
        fields.put("closedAt", loader.closedAt());
        fields.put("holders", loader.holders());
        return fields;
    }
}
