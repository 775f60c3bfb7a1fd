package dev.sluice.deploy.scratch;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Setup;
import dev.sluice.api.testing.Answer;
import dev.sluice.api.testing.Forks;
import dev.sluice.api.testing.InMemory;
import dev.sluice.deploy.scratch.RecordingSetup.Route;
import dev.sluice.fork.ForkOptions;
import dev.sluice.fork.Template;
import dev.sluice.war.check.StartedRun;
import dev.sluice.war.check.StartedRun.Leak;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts a handler application in memory, calls each of its {@code GET} routes with different values, and compares what everybody sees
 * before and after each call: a new fork of each template, the static fields of the application's classes, the application object, and
 * what handlers captured. For one thread.
 */
final class LeakSearch {
    private static final System.Logger LOG = System.getLogger(LeakSearch.class.getName());
    private static final List<String> VALUES = List.of("a", "b", "c");

    private final HandlerApplication application;
    private final List<Class<?>> classes;
    private final ForkOptions options;
    private final Map<String, Template<?>> templates = new LinkedHashMap<>();
    private final List<Leak> leaks = new ArrayList<>();
    private final List<String> uncalled = new ArrayList<>();
    private @Nullable RecordingSetup setup;

    /** @param classes the application's own classes */
    LeakSearch(HandlerApplication application, List<Class<?>> classes, ForkOptions options) {
        this.application = application;
        this.classes = List.copyOf(classes);
        this.options = options;
    }

    /** Starts, calls, compares, stops. */
    StartedRun run() throws Exception {
        HandlerApplication recorded = new HandlerApplication() {
            @Override
            public void start(Setup given) throws Exception {
                RecordingSetup recording = new RecordingSetup(given);
                setup = recording;
                application.start(recording);
            }

            @Override
            public void stop() throws Exception {
                application.stop();
            }
        };
        InMemory memory = InMemory.of(recorded).forks(new Publishing()).start();
        int called = 0;
        try {
            for (Route route : routes()) {
                if (callable(route) && call(memory, route)) {
                    called++;
                } else {
                    uncalled.add(route.toString());
                }
            }
        } finally {
            memory.close();
        }
        List<String> described = templates.values().stream()
                .map(template -> template.name() + " (" + template.plan().copiedObjects() + " objects copied, "
                        + template.plan().sharedObjects() + " shared)")
                .toList();
        return new StartedRun(described, called, uncalled, leaks);
    }

    private List<Route> routes() {
        RecordingSetup recording = setup;
        return recording == null ? List.of() : recording.routes();
    }

    private static boolean callable(Route route) {
        return route.method().equals("GET");
    }

    /** Calls a route once with each value; false if it cannot be called in memory. */
    private boolean call(InMemory memory, Route route) {
        Map<String, String> before = snapshot();
        boolean answered = false;
        for (int i = 0; i < VALUES.size(); i++) {
            try {
                Answer answer = memory.call("GET", target(route.pattern(), VALUES.get(i)))
                        .send();
                answered |= answer.status() < 500;
            } catch (RuntimeException refused) {
                // What a handler does with made-up values is its own business; the state is compared all the same.
                LOG.log(System.Logger.Level.DEBUG, () -> route + " refuses a made-up value: " + refused);
            }
            Map<String, String> after = snapshot();
            compare(route, before, after, i == 0);
            before = after;
        }
        return answered;
    }

    /** The pattern with its parameters replaced. */
    static String target(String pattern, String value) {
        return pattern.replaceAll("\\{[^}]*\\}", value);
    }

    private void compare(Route route, Map<String, String> before, Map<String, String> after, boolean first) {
        after.forEach((path, value) -> {
            String old = before.getOrDefault(path, "nothing");
            boolean part = !before.containsKey(path) && path.contains("[");
            if (!old.equals(value) && !part) {
                leak(new Leak(path, route.toString(), old, value, first));
            }
        });
    }

    /** A leak that later calls show again is no first call's completion. */
    private void leak(Leak found) {
        for (int i = 0; i < leaks.size(); i++) {
            Leak known = leaks.get(i);
            if (known.path().equals(found.path())) {
                if (known.firstOnly() && !found.firstOnly()) {
                    leaks.set(i, found);
                }
                return;
            }
        }
        leaks.add(found);
    }

    private Map<String, String> snapshot() {
        Snapshot snapshot = new Snapshot(application.getClass().getClassLoader());
        templates.forEach((name, template) -> snapshot.object("template " + name, template.fork()));
        classes.forEach(snapshot::statics);
        snapshot.object(application.getClass().getName(), application);
        RecordingSetup recording = setup;
        if (recording != null) {
            recording.routes().forEach(route -> snapshot.object(route.toString(), route.handler()));
            int place = 0;
            for (Object middleware : recording.middleware()) {
                snapshot.object("middleware " + place++, middleware);
            }
        }
        return snapshot.values();
    }

    /** Publishes as the server does, and remembers the templates. */
    private final class Publishing implements Forks {
        @Override
        public <T> Supplier<T> publish(String name, T value) {
            Template<T> template = Template.of(name, value, options);
            templates.put(name, template);
            return template::fork;
        }
    }
}
