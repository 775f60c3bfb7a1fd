package dev.sluice.engine.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable answer to "which application is this for". Looked up in this order: the host by its name, then by the longest wildcard,
 * then the default host; in the host the longest context path that the path begins with; there the version that knows the request's
 * session, otherwise the newest.
 */
public final class RoutingTable<T extends Routable> {
    private final Map<String, Host<T>> exact = new HashMap<>();
    private final List<Map.Entry<String, Host<T>>> wildcards = new ArrayList<>();
    private final Map<VirtualHost, Host<T>> byHost = new HashMap<>();
    private final @Nullable Host<T> fallback;

    /**
     * A table of these.
     *
     * @throws IllegalArgumentException if two have the same host, context path and version, or two hosts the same name
     */
    public RoutingTable(Collection<? extends T> targets) {
        Map<VirtualHost, List<T>> ofHost = new HashMap<>();
        for (T target : targets) {
            ofHost.computeIfAbsent(target.host(), host -> new ArrayList<>()).add(target);
        }
        ofHost.forEach(this::add);
        wildcards.sort(Comparator.comparingInt(entry -> -entry.getKey().length()));
        fallback = exact.get(VirtualHost.DEFAULT.name());
    }

    private void add(VirtualHost virtual, List<T> targets) {
        Host<T> host = new Host<>(virtual, targets);
        byHost.put(virtual, host);
        List<String> names = new ArrayList<>(virtual.aliases());
        names.add(virtual.name());
        for (String name : names) {
            if (name.startsWith("*.")) {
                wildcards.add(Map.entry(name.substring(1), host));
            } else if (exact.put(name, host) != null) {
                throw new IllegalArgumentException(
                        "virtual host name: " + name + " (expected: once; two hosts have it)");
            }
        }
    }

    /**
     * The target of a request.
     *
     * @param hostName without port, in any case
     * @param path the canonical path
     * @param session finds the session id that the request carries for an application; asked only if there are several versions
     * @return null if no application is mounted there
     */
    public @Nullable T find(String hostName, String path, Function<? super T, @Nullable String> session) {
        Host<T> host = named(hostName);
        return host == null ? null : host.find(path, session);
    }

    /** The virtual host that requests for this name go to; null if there is none. */
    public @Nullable VirtualHost host(String hostName) {
        Host<T> host = named(hostName);
        return host == null ? null : host.virtual;
    }

    /** Whether requests for the path on the target's host reach that target, whatever else they say. */
    public boolean leadsTo(T target, String path) {
        Host<T> host = byHost.get(target.host());
        Context<T> context = host == null ? null : host.context(path);
        return context != null && context.versions.size() == 1 && context.versions.get(0) == target;
    }

    private @Nullable Host<T> named(String name) {
        if (exact.size() == 1 && wildcards.isEmpty() && fallback != null) {
            return fallback;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        Host<T> host = exact.get(lower);
        if (host != null) {
            return host;
        }
        for (Map.Entry<String, Host<T>> wildcard : wildcards) {
            if (lower.endsWith(wildcard.getKey())) {
                return wildcard.getValue();
            }
        }
        return fallback;
    }

    /** The context paths of one host, the longest first. */
    private static final class Host<T extends Routable> {
        private static final int SCAN_LIMIT = 16;

        private final VirtualHost virtual;
        private final List<Context<T>> contexts = new ArrayList<>();
        private final Map<String, Context<T>> byPath = new HashMap<>();

        Host(VirtualHost virtual, List<T> targets) {
            this.virtual = virtual;
            Map<String, List<T>> versions = new HashMap<>();
            for (T target : targets) {
                versions.computeIfAbsent(target.application().contextPath(), path -> new ArrayList<>())
                        .add(target);
            }
            versions.forEach((path, all) -> contexts.add(new Context<>(path, all)));
            contexts.sort(Comparator.comparingInt(context -> -context.path.length()));
            contexts.forEach(context -> byPath.put(context.path, context));
        }

        @Nullable
        T find(String path, Function<? super T, @Nullable String> session) {
            Context<T> context = context(path);
            return context == null ? null : context.version(session);
        }

        @Nullable
        Context<T> context(String path) {
            return contexts.size() <= SCAN_LIMIT ? scan(path) : walk(path);
        }

        private @Nullable Context<T> scan(String path) {
            for (Context<T> context : contexts) {
                if (context.matches(path)) {
                    return context;
                }
            }
            return null;
        }

        private @Nullable Context<T> walk(String path) {
            for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
                Context<T> context = byPath.get(path.substring(0, end));
                if (context != null) {
                    return context;
                }
            }
            return byPath.get("");
        }
    }

    /** The versions at one context path, the newest first. */
    private static final class Context<T extends Routable> {
        private final String path;
        private final List<T> versions;

        Context(String path, List<T> versions) {
            if (!path.isEmpty() && (!path.startsWith("/") || path.endsWith("/"))) {
                throw new IllegalArgumentException("context path: " + path
                        + " (expected: empty for the root, or with a leading and without a trailing slash)");
            }
            this.path = path;
            this.versions = new ArrayList<>(versions);
            this.versions.sort(
                    Comparator.comparing((T target) -> target.application().version(), Versions.ORDER)
                            .reversed());
            for (int i = 1; i < versions.size(); i++) {
                String version = this.versions.get(i).application().version();
                if (version.equals(this.versions.get(i - 1).application().version())) {
                    throw new IllegalArgumentException("context path " + (path.isEmpty() ? "/" : path) + ", version '"
                            + version + "': two applications (expected: one; give them different versions)");
                }
            }
        }

        boolean matches(String request) {
            int length = path.length();
            return request.startsWith(path) && (request.length() == length || request.charAt(length) == '/');
        }

        T version(Function<? super T, @Nullable String> session) {
            T newest = versions.get(0);
            if (versions.size() == 1) {
                return newest;
            }
            String id = session.apply(newest);
            if (id != null) {
                for (T target : versions) {
                    if (target.application().ownsSession(id)) {
                        return target;
                    }
                }
            }
            return newest;
        }
    }
}
