package dev.sluice.engine.handler;

import dev.sluice.api.HandlerApplication;
import dev.sluice.fork.ForkOptions;
import java.util.Map;
import java.util.Objects;

/**
 * A handler application that is to be started.
 *
 * @param name unique among the deployments, with the version
 * @param contextPath where it is mounted: empty for the root, otherwise with a leading and without a trailing slash
 * @param version its version; empty if it has none
 * @param settings what the operator configured for it
 * @param loader the class loader of the application, set as the context class loader of its threads
 * @param forks how its templates are published
 */
public record HandlerDescription(
        String name,
        String contextPath,
        String version,
        Map<String, String> settings,
        ClassLoader loader,
        ForkOptions forks) {
    /** Copies the settings and checks the context path. */
    public HandlerDescription {
        Objects.requireNonNull(name, "name");
        settings = Map.copyOf(settings);
        if (!contextPath.isEmpty() && (!contextPath.startsWith("/") || contextPath.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "context path: " + contextPath + " (expected: empty, or a slash at the start and none at the end)");
        }
    }

    /** An application without version and settings, loaded by the loader of its class. */
    public static HandlerDescription of(String name, String contextPath, Class<? extends HandlerApplication> type) {
        return new HandlerDescription(name, contextPath, "", Map.of(), type.getClassLoader(), ForkOptions.defaults());
    }
}
