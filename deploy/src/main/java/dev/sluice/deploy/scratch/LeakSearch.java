package dev.sluice.deploy.scratch;

import dev.sluice.deploy.scratch.Started.Route;
import dev.sluice.fork.Template;
import dev.sluice.war.check.StartedRun;
import dev.sluice.war.check.StartedRun.Leak;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Calls each route of an application that may be called with different values, and compares what everybody sees before and after each
 * call: a new fork of each template, the static fields of the application's classes, and the objects that it has once. For one thread.
 */
final class LeakSearch {
    private static final System.Logger LOG = System.getLogger(LeakSearch.class.getName());
    private static final List<String> VALUES = List.of("a", "b", "c");

    private final Started application;
    private final ClassLoader loader;
    private final List<Class<?>> classes;
    private final List<Leak> leaks = new ArrayList<>();
    private final List<String> uncalled = new ArrayList<>();

    /**
     * A search that has not begun.
     *
     * @param loader the loader of the application's code
     * @param classes the application's own classes
     */
    LeakSearch(Started application, ClassLoader loader, List<Class<?>> classes) {
        this.application = application;
        this.loader = loader;
        this.classes = List.copyOf(classes);
    }

    /** Calls and compares. */
    StartedRun run() {
        int called = 0;
        for (Route route : application.routes()) {
            if (!route.refusal().isEmpty()) {
                uncalled.add(route + " (" + route.refusal() + ")");
            } else if (call(route)) {
                called++;
            } else {
                uncalled.add(route + " (it fails with made-up values)");
            }
        }
        List<String> described = application.templates().stream()
                .map(template -> template.name() + " (" + template.plan().copiedObjects() + " objects copied, "
                        + template.plan().sharedObjects() + " shared)")
                .toList();
        return new StartedRun(described, called, uncalled, leaks);
    }

    /** Calls a route once with each value; false if it answers none. */
    private boolean call(Route route) {
        Map<String, String> before = snapshot();
        boolean answered = false;
        for (int i = 0; i < VALUES.size(); i++) {
            try {
                answered |= application.call(route, VALUES.get(i));
            } catch (Exception refused) {
                // What an application does with made-up values is its own business; the state is compared all the same.
                LOG.log(System.Logger.Level.DEBUG, () -> route + " refuses a made-up value: " + refused);
            }
            Map<String, String> after = snapshot();
            compare(route, before, after, i == 0);
            before = after;
        }
        return answered;
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
        Snapshot snapshot = new Snapshot(loader);
        for (Template<?> template : application.templates()) {
            snapshot.object("template " + template.name(), template.fork());
        }
        classes.forEach(snapshot::statics);
        application.look(snapshot);
        return snapshot.values();
    }
}
