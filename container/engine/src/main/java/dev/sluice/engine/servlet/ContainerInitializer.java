package dev.sluice.engine.servlet;

import jakarta.servlet.ServletContainerInitializer;
import java.util.Set;

/**
 * An initializer that the container brings along, as for WebSocket; called before the application's own (Servlet 6.1, 8.2.4).
 *
 * @param handledTypes the names of the application's classes that its {@code @HandlesTypes} selects
 */
public record ContainerInitializer(ServletContainerInitializer initializer, Set<String> handledTypes) {

    public ContainerInitializer {
        handledTypes = Set.copyOf(handledTypes);
    }
}
