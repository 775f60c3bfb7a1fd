package dev.sluice.api.routing;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes of all methods at one place of the tree; filled at start, then only read. */
final class Methods {
    static final String ANY = "*";

    private final Map<String, Route> routes = new HashMap<>();

    void add(String method, Route route) {
        Route present = routes.putIfAbsent(method, route);
        if (present != null) {
            throw new IllegalArgumentException("route " + method + " " + route.pattern() + ": already registered as "
                    + present.pattern() + " (expected: one route for a method and a pattern)");
        }
    }

    /** The route of the method itself, for HEAD else that of GET, else that of all methods. */
    @Nullable
    Route find(String method) {
        Route route = routes.get(method);
        if (route == null && method.equals("HEAD")) {
            route = routes.get("GET");
        }
        return route == null ? routes.get(ANY) : route;
    }

    void collect(Set<String> allowed) {
        allowed.addAll(routes.keySet());
    }
}
