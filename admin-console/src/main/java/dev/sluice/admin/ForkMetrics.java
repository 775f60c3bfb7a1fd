package dev.sluice.admin;

import dev.sluice.deploy.management.ApplicationView;
import dev.sluice.deploy.management.ServerView;
import dev.sluice.fork.Template;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.ToDoubleFunction;

/** The templates of each application, added up: an application may have many, and their names are no labels. */
final class ForkMetrics {
    private static final String[] LABELS = {"app", "version", "host"};

    private final ServerView server;

    ForkMetrics(ServerView server) {
        this.server = server;
    }

    void register(PrometheusRegistry registry) {
        CounterWithCallback.builder()
                .name("sluice_forks")
                .help("Forks made for requests, connections and jobs.")
                .labelNames(LABELS)
                .callback(callback ->
                        sum(template -> template.statistics().forks()).tell(callback::call))
                .register(registry);
        CounterWithCallback.builder()
                .name("sluice_fork_seconds")
                .help(
                        "Time that these forks took; after a template's first sixteen, one in sixteen is timed and stands for all.")
                .labelNames(LABELS)
                .callback(callback ->
                        sum(template -> template.statistics().nanos() / 1e9).tell(callback::call))
                .register(registry);
        GaugeWithCallback.builder()
                .name("sluice_template_objects")
                .help("Objects that are rebuilt if every template of the application is forked once.")
                .labelNames(LABELS)
                .callback(callback ->
                        sum(template -> template.plan().copiedObjects()).tell(callback::call))
                .register(registry);
    }

    /** Applications without templates are left out. */
    private Series sum(ToDoubleFunction<Template<?>> figure) {
        Series series = new Series();
        for (ApplicationView view : server.applications()) {
            for (Template<?> template : view.templates()) {
                series.add(figure.applyAsDouble(template), view.contextPath(), view.version(), view.host());
            }
        }
        return series;
    }
}
