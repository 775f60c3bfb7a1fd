package dev.sluice.api.routing;

import dev.sluice.api.Handler;
import dev.sluice.api.Middleware;
import dev.sluice.api.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the handler for a method and a path, in the order that {@link dev.sluice.api.Setup} documents. Immutable but for a
 * cache; used by all threads.
 *
 * <pre>
 * path -> fixed responses -> patterns without parameters (one look-up) -> tree of segments -> 404, 405, OPTIONS
 * </pre>
 */
public final class Router {
    private final Map<String, Response> fixed;
    private final Map<String, Methods> literals;
    private final Node tree;
    private final int maximumParameters;
    private final List<Middleware> middleware;
    private final Match notFound;
    /** Bounded by the combinations of routes that match one path. */
    private final Map<String, Match> notAllowed = new ConcurrentHashMap<>();

    Router(
            Map<String, Response> fixed,
            Map<String, Methods> literals,
            Node tree,
            int maximumParameters,
            List<Middleware> middleware) {
        this.fixed = Map.copyOf(fixed);
        this.literals = Map.copyOf(literals);
        this.tree = tree;
        this.maximumParameters = maximumParameters;
        this.middleware = List.copyOf(middleware);
        this.notFound = own((request, context) -> Response.text("Not Found").withStatus(404));
    }

    /** The fixed response for GET and HEAD of {@code path}. */
    public Optional<Response> fixed(String method, String path) {
        return fixed.isEmpty() || !(method.equals("GET") || method.equals("HEAD"))
                ? Optional.empty()
                : Optional.ofNullable(fixed.get(path));
    }

    /** All fixed responses by path. */
    public Map<String, Response> fixed() {
        return fixed;
    }

    /** Finds the handler for a method and a decoded path that starts with a slash. Never fails: see {@link Match#pattern()}. */
    public Match find(String method, String path) {
        Methods literal = literals.get(path);
        Route route = literal == null ? null : literal.find(method);
        if (route != null) {
            return route.bare();
        }
        String[] values = new String[maximumParameters];
        Search search = new Search(method);
        tree.visit(path, 1, values, 0, search::accept);
        if (search.found != null) {
            return new Match(
                    search.found.pattern(), search.found.handler(), parameters(search.found.pattern(), values));
        }
        return search.allowed.isEmpty() ? notFound : notAllowed(method, search.allowed);
    }

    /** One walk through the tree. */
    private static final class Search {
        private final String method;
        private final Set<String> allowed = new TreeSet<>();
        private @Nullable Route found;

        Search(String method) {
            this.method = method;
        }

        boolean accept(Methods methods, int count) {
            found = methods.find(method);
            if (found == null) {
                methods.collect(allowed);
            }
            return found != null;
        }
    }

    private Match notAllowed(String method, Set<String> allowed) {
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        allowed.add("OPTIONS");
        String allow = String.join(", ", allowed);
        return method.equals("OPTIONS")
                ? notAllowed.computeIfAbsent(
                        "OPTIONS " + allow,
                        key -> own((request, context) -> Response.status(204).withHeader("Allow", allow)))
                : notAllowed.computeIfAbsent(
                        allow,
                        key -> own((request, context) -> Response.text("Method Not Allowed")
                                .withStatus(405)
                                .withHeader("Allow", allow)));
    }

    private Match own(Handler handler) {
        return new Match(null, compose(middleware, Handler.nonBlocking(handler)), Map.of());
    }

    private static Map<String, String> parameters(PathPattern pattern, String[] values) {
        List<String> names = pattern.names();
        if (names.size() == 1) {
            return Map.of(names.get(0), values[0]);
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            parameters.put(names.get(i), values[i]);
        }
        return Collections.unmodifiableMap(parameters);
    }

    static Handler compose(List<Middleware> middleware, Handler handler) {
        boolean blocking = handler.blocking();
        Handler composed = handler;
        for (int i = middleware.size() - 1; i >= 0; i--) {
            Middleware outer = middleware.get(i);
            composed = outer.wrap(composed);
            if (composed == null) {
                throw new IllegalArgumentException(
                        "middleware " + outer + ": wrap returned null (expected: a handler)");
            }
            blocking |= outer.blocking();
        }
        return blocking || !composed.blocking() ? composed : Handler.nonBlocking(composed);
    }

    /** Collects routes, fixed responses and middleware; used by the one thread that starts an application. */
    public static final class Builder {
        private record Pending(String method, PathPattern pattern, Handler handler) {}

        private final List<Pending> routes = new ArrayList<>();
        /** Refuses a route that is registered already, where it is registered. */
        private final Node registered = new Node();

        private final Map<String, Response> fixed = new HashMap<>();
        private final List<Middleware> middleware = new ArrayList<>();

        /** Adds a route; {@link dev.sluice.api.Setup#route}. */
        public Builder route(String method, String pattern, Handler handler) {
            checkMethod(method);
            if (handler == null) {
                throw new IllegalArgumentException(
                        "route " + method + " " + pattern + ": handler is null (expected: a handler)");
            }
            PathPattern parsed = PathPattern.parse(pattern);
            registered.methods(parsed.segments()).add(method, new Route(parsed, handler));
            routes.add(new Pending(method, parsed, handler));
            return this;
        }

        /** Adds middleware; {@link dev.sluice.api.Setup#use}. */
        public Builder use(Middleware outer) {
            middleware.add(Objects.requireNonNull(outer, "middleware"));
            return this;
        }

        /** Adds a fixed response; {@link dev.sluice.api.Setup#fixed}. */
        public Builder fixed(String path, Response response) {
            FixedResponses.check(path, response);
            route("GET", path, Handler.nonBlocking((request, context) -> response));
            fixed.put(path, response);
            return this;
        }

        /** The router. */
        public Router build() {
            Map<String, Methods> literals = new HashMap<>();
            Node tree = new Node();
            int parameters = 0;
            for (Pending pending : routes) {
                PathPattern pattern = pending.pattern();
                Route route = new Route(pattern, compose(middleware, pending.handler()));
                Methods methods = tree.methods(pattern.segments());
                methods.add(pending.method(), route);
                parameters = Math.max(parameters, pattern.names().size());
                if (pattern.names().isEmpty()) {
                    literals.put(pattern.toString(), methods);
                }
            }
            return new Router(fixed, literals, tree, parameters, middleware);
        }

        private static void checkMethod(String method) {
            boolean token = !method.isEmpty()
                    && method.chars().allMatch(c -> c > ' ' && c < 0x7F && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0);
            if (!token) {
                throw new IllegalArgumentException("method: '" + method + "' (expected: a token such as GET, or *)");
            }
        }
    }
}
