package dev.sluice.admin;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerContext;
import dev.sluice.api.Request;
import dev.sluice.api.Response;
import dev.sluice.deploy.leak.LoaderWatch;
import dev.sluice.deploy.lifecycle.Lifecycle;
import dev.sluice.deploy.lifecycle.State;
import dev.sluice.deploy.management.ApplicationView;
import dev.sluice.deploy.management.ServerView;
import dev.sluice.engine.gate.MountStats;
import dev.sluice.engine.http.ListenerStats;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All metrics of the process, and the handler that writes them in the format that the client asks for. */
final class Metrics implements Handler {
    private final ServerView server;
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final AtomicBoolean jvm = new AtomicBoolean();

    Metrics(ServerView server) {
        this.server = server;
        traffic();
        applications();
        new ForkMetrics(server).register(registry);
        connections();
        bounds();
        logins();
        loaders();
    }

    PrometheusRegistry registry() {
        return registry;
    }

    @Override
    public Response handle(Request request, HandlerContext context) {
        if (jvm.compareAndSet(false, true)) {
            // only when somebody asks for the first time: it costs a noticeable part of the start
            JvmMetrics.builder().register(registry);
        }
        ExpositionFormatWriter writer =
                formats.findWriter(request.header("Accept").orElse(null));
        MetricSnapshots snapshots = registry.scrape();
        return Response.writer(writer.getContentType(), out -> writer.write(out, snapshots));
    }

    private void traffic() {
        perMount("http_server_active_requests", "Requests in the application now.", MountStats::inFlight);
        perMount("sluice_permits", "Requests that may run at once.", MountStats::permits);
        perMount("sluice_permits_taken", "Permits that are taken now.", MountStats::permitsTaken);
        perMount("sluice_requests_waiting", "Requests that wait for a permit now.", MountStats::waiting);
        gauge(
                "sluice_app_degraded",
                "1 if application code threw an Error, or if a part of the application failed at its start.",
                this::degraded);
        total("sluice_requests_fixed", "Requests answered by a fixed response.", MountStats::fixed);
        total("sluice_requests_queued", "Requests that had to wait for a permit.", MountStats::queued);
        total("sluice_requests_rejected", "Requests refused because there was no permit.", MountStats::rejected);
        total("sluice_requests_overdue", "Requests answered with 504 at their deadline.", MountStats::overdue);
        total(
                "sluice_requests_late",
                "Answers that were dropped because somebody else had answered.",
                MountStats::late);
        total("sluice_requests_cancelled", "Requests whose client went away.", MountStats::cancelled);
        total("sluice_requests_crashed", "Requests in which application code threw.", MountStats::crashed);
        total(
                "sluice_requests_beyond_limits",
                "Requests with a body, form, parameters, parts or cookies beyond a limit, or a body that stalled.",
                MountStats::beyondLimits);
        CounterWithCallback.builder()
                .name("sluice_requests_unrouted")
                .help("Requests that no application is mounted for.")
                .callback(callback -> callback.call(server.traffic().unrouted()))
                .register(registry);
        CounterWithCallback.builder()
                .name("sluice_access_log_dropped")
                .help("Entries of the access log that were dropped.")
                .callback(callback -> callback.call(server.droppedAccessLogEntries()))
                .register(registry);
    }

    private void perMount(String name, String help, ToDoubleFunction<MountStats> figure) {
        gauge(name, help, () -> mounts(figure));
    }

    /** A figure for each application that is served; asked once a scrape. */
    private void gauge(String name, String help, Supplier<Series> figures) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("app", "version", "host")
                .callback(callback -> figures.get().tell(callback::call))
                .register(registry);
    }

    private void total(String name, String help, ToDoubleFunction<MountStats> figure) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("app", "version", "host")
                .callback(callback -> mounts(figure).tell(callback::call))
                .register(registry);
    }

    private Series degraded() {
        Set<String> partsFailed = server.applications().stream()
                .filter(view -> !view.degradations().isEmpty())
                .map(ApplicationView::name)
                .collect(Collectors.toSet());
        return mounts(stats -> stats.degraded().isEmpty() && !partsFailed.contains(stats.application()) ? 0 : 1);
    }

    private Series mounts(ToDoubleFunction<MountStats> figure) {
        Series series = new Series();
        for (MountStats mount : server.traffic().mounts()) {
            series.add(figure.applyAsDouble(mount), path(mount), mount.version(), mount.host());
        }
        return series;
    }

    private static String path(MountStats mount) {
        return mount.contextPath().isEmpty() ? "/" : mount.contextPath();
    }

    private void applications() {
        GaugeWithCallback.builder()
                .name("sluice_app_state")
                .help("1 for the state that the application is in.")
                .labelNames("app", "version", "host", "name", "source", "state")
                .callback(callback -> {
                    Series series = new Series();
                    for (ApplicationView view : server.applications()) {
                        for (State state : State.values()) {
                            series.add(view.state() == state ? 1 : 0, labels(view, state.toString()));
                        }
                    }
                    series.tell(callback::call);
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("sluice_app_deploy_duration_seconds")
                .help("How long the start of the application took.")
                .labelNames("app", "version", "host", "name", "source")
                .callback(callback -> {
                    Series series = new Series();
                    server.applications()
                            .forEach(view -> series.add(view.startTime().toNanos() / 1e9, labels(view)));
                    series.tell(callback::call);
                })
                .register(registry);
        Counter deploys = Counter.builder()
                .name("sluice_app_deploys")
                .help("Starts of applications, by their result.")
                .labelNames("result")
                .register(registry);
        deploys.initLabelValues("running");
        deploys.initLabelValues("failed");
        server.followApplications(change -> count(deploys, change));
    }

    private static String[] labels(ApplicationView view, String... more) {
        Path file = view.source().getFileName();
        return Stream.concat(
                        Stream.of(
                                view.contextPath(),
                                view.version(),
                                view.host(),
                                view.name(),
                                file == null ? "" : file.toString()),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static void count(Counter deploys, Lifecycle.Change change) {
        if (change.to() == State.RUNNING || change.to() == State.FAILED) {
            deploys.labelValues(change.to().toString()).inc();
        }
    }

    private void connections() {
        GaugeWithCallback.builder()
                .name("sluice_connections_open")
                .help("Connections that are open now.")
                .callback(callback -> callback.call(server.connections().open()))
                .register(registry);
        CounterWithCallback.builder()
                .name("sluice_connections_accepted")
                .help("Connections accepted so far.")
                .callback(callback -> callback.call(server.connections().accepted()))
                .register(registry);
        CounterWithCallback.builder()
                .name("sluice_network_read_bytes")
                .help("Bytes read from the network so far.")
                .callback(callback -> callback.call(server.connections().bytesRead()))
                .register(registry);
        CounterWithCallback.builder()
                .name("sluice_network_written_bytes")
                .help("Bytes written to the network so far.")
                .callback(callback -> callback.call(server.connections().bytesWritten()))
                .register(registry);
    }

    /** What met a bound, one counter for each bound. */
    private void bounds() {
        bound(
                "sluice_connections_over_limit",
                "Connections closed because there were too many.",
                ListenerStats::overLimit);
        bound(
                "sluice_connections_evicted",
                "Connections closed because the client was too slow or idle.",
                ListenerStats::evicted);
        bound(
                "sluice_requests_malformed",
                "Requests refused because they were no proper HTTP.",
                ListenerStats::malformed);
        bound(
                "sluice_requests_oversized",
                "Requests refused because their head was too large.",
                ListenerStats::oversized);
        bound(
                "sluice_clients_disconnected",
                "Clients that went away during their request.",
                ListenerStats::disconnected);
        bound(
                "sluice_responses_slow",
                "Responses broken off because the client took them too slowly.",
                ListenerStats::slow);
        bound(
                "sluice_streams_refused",
                "Requests of HTTP/2 refused because too many were under way on their connection.",
                ListenerStats::streamsRefused);
        bound("sluice_requests_direct", "Requests answered from the bytes that were read.", ListenerStats::direct);
        CounterWithCallback.builder()
                .name("sluice_loop_holds")
                .help("How often a request held its loop beyond timeouts.loop.")
                .callback(callback -> callback.call(server.connections().holds()))
                .register(registry);
    }

    private void bound(String name, String help, ToLongFunction<ListenerStats> figure) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback ->
                        callback.call(figure.applyAsLong(server.connections().listener())))
                .register(registry);
    }

    private void logins() {
        CounterWithCallback.builder()
                .name("sluice_logins_locked_out")
                .help("Logins that failed without being tried, because the user or the address is locked out.")
                .callback(callback -> callback.call(server.lockedOutLogins()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("sluice_logins_waiting")
                .help("Requests that wait for a login by FORM now.")
                .callback(callback -> callback.call(server.waitingLogins().waiting()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("sluice_logins_waiting_bytes")
                .help("What these requests hold in memory.")
                .callback(callback -> callback.call(server.waitingLogins().bytes()))
                .register(registry);
        CounterWithCallback.builder()
                .name("sluice_logins_dropped")
                .help("Requests that waited for a login and went because there were too many.")
                .callback(callback -> callback.call(server.waitingLogins().dropped()))
                .register(registry);
    }

    private void loaders() {
        loaders("sluice_loader_live", "Class loaders of running applications.", LoaderWatch.Fate.LIVE);
        loaders(
                "sluice_loader_closed",
                "Class loaders of ended applications that were not collected yet.",
                LoaderWatch.Fate.CLOSED);
        loaders(
                "sluice_loader_leaked",
                "Class loaders of ended applications that somebody holds.",
                LoaderWatch.Fate.LEAKED);
    }

    private void loaders(String name, String help, LoaderWatch.Fate fate) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(server.loaders().stream()
                        .filter(loader -> loader.fate() == fate)
                        .count()))
                .register(registry);
    }
}
