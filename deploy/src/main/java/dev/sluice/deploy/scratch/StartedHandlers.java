package dev.sluice.deploy.scratch;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Setup;
import dev.sluice.api.testing.Answer;
import dev.sluice.api.testing.Forks;
import dev.sluice.api.testing.InMemory;
import dev.sluice.fork.ForkOptions;
import dev.sluice.fork.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** A handler application in memory. */
final class StartedHandlers implements Started {
    private final HandlerApplication application;
    private final Map<String, Template<?>> templates = new LinkedHashMap<>();
    private final Map<String, RecordingSetup.Route> patterns = new LinkedHashMap<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<RecordingSetup> setups = new ArrayList<>();
    private final InMemory memory;

    /**
     * Starts it.
     *
     * @param outside why a handler may do something outside the JVM
     */
    StartedHandlers(
            HandlerApplication application,
            ForkOptions options,
            Routes pure,
            Function<Object, Optional<String>> outside)
            throws Exception {
        this.application = application;
        HandlerApplication recorded = new HandlerApplication() {
            @Override
            public void start(Setup given) throws Exception {
                RecordingSetup recording = new RecordingSetup(given);
                setups.add(recording);
                application.start(recording);
            }

            @Override
            public void stop() throws Exception {
                application.stop();
            }
        };
        memory = InMemory.of(recorded).forks(new Publishing(options)).start();
        Optional<String> around = setups.stream()
                .flatMap(setup -> setup.middleware().stream())
                .flatMap(middleware -> outside.apply(middleware).stream())
                .findFirst();
        for (RecordingSetup setup : setups) {
            for (RecordingSetup.Route route : setup.routes()) {
                routes.add(pure.route(
                        route.method(), route.pattern(), () -> around.or(() -> outside.apply(route.handler()))));
                patterns.put(route.toString(), route);
            }
        }
    }

    /** What of a handler runs in a request, by name. */
    static Set<String> methods(Object part) {
        return part instanceof Handler ? Set.of("handle") : Set.of("wrap");
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public boolean call(Route route, String value) {
        RecordingSetup.Route known = Objects.requireNonNull(patterns.get(route.name()), route.name());
        Answer answer = memory.call("GET", target(known.pattern(), value)).send();
        return answer.status() < 500;
    }

    /** The pattern with its parameters replaced. */
    static String target(String pattern, String value) {
        return pattern.replaceAll("\\{[^}]*\\}", value);
    }

    @Override
    public List<Template<?>> templates() {
        return List.copyOf(templates.values());
    }

    @Override
    public void look(Snapshot snapshot) {
        snapshot.object(application.getClass().getName(), application);
        for (RecordingSetup setup : setups) {
            setup.routes().forEach(route -> snapshot.object(route.toString(), route.handler()));
            int place = 0;
            for (Object middleware : setup.middleware()) {
                snapshot.object("middleware " + place++, middleware);
            }
        }
    }

    @Override
    public void close() throws Exception {
        memory.close();
    }

    /** Publishes as the server does, and remembers the templates. */
    private final class Publishing implements Forks {
        private final ForkOptions options;

        Publishing(ForkOptions options) {
            this.options = options;
        }

        @Override
        public <T> Supplier<T> publish(String name, T value) {
            Template<T> template = Template.of(name, value, options);
            templates.put(name, template);
            return template::fork;
        }
    }
}
