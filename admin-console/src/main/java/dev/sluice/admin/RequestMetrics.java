package dev.sluice.admin;

import dev.sluice.deploy.management.ServerView;
import dev.sluice.engine.observe.CompletedRequest;
import dev.sluice.engine.observe.RequestObserver;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts requests and measures how long they took, by virtual host, context path, version, method and status: never by anything that a client can
 * invent. Called on loops: one lookup and one observation for each request.
 */
final class RequestMetrics implements RequestObserver {
    // OpenTelemetry semantic conventions, http.server.request.duration
    private static final double[] BUCKETS = {0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10};
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY");
    private static final int MOST_APPLICATIONS = 10_000;

    private final ServerView server;
    private final Histogram durations;
    private final Map<Series, DistributionDataPoint> points = new ConcurrentHashMap<>();
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    private record Series(String application, String version, String method, int status) {}

    /** Where an application is served. */
    private record Place(String host, String path) {}

    RequestMetrics(ServerView server, PrometheusRegistry registry) {
        this.server = server;
        this.durations = Histogram.builder()
                .name("http_server_request_duration_seconds")
                .unit(Unit.SECONDS)
                .help("How long requests took, from the head of the request to the end of the response.")
                .labelNames("app", "version", "host", "http_request_method", "http_response_status_code")
                .withoutExemplars() // nobody knows a trace here, and asking for one costs on every request
                .classicOnly()
                .classicUpperBounds(BUCKETS)
                .register(registry);
    }

    @Override
    public void completed(CompletedRequest request) {
        Series series = new Series(request.application(), request.version(), request.method(), request.status());
        DistributionDataPoint point = points.get(series);
        if (point == null) {
            String method = METHODS.contains(series.method()) ? series.method() : "_OTHER";
            point = points.computeIfAbsent(
                    new Series(series.application(), series.version(), method, series.status()), this::point);
        }
        point.observe(request.nanos() / 1e9);
    }

    private DistributionDataPoint point(Series series) {
        Place place = place(series.application());
        return durations.labelValues(
                place.path(), series.version(), place.host(), series.method(), String.valueOf(series.status()));
    }

    /** Empty for requests that reached no application. */
    private Place place(String application) {
        if (application.isEmpty() || places.size() > MOST_APPLICATIONS) {
            return new Place("", application);
        }
        return places.computeIfAbsent(application, name -> server.applications().stream()
                .filter(view -> view.name().equals(name))
                .map(view -> new Place(view.host(), view.contextPath()))
                .findFirst()
                .orElseGet(() -> new Place("", name)));
    }
}
