package dev.sluice.engine.descriptor;

import java.util.Set;

/**
 * A {@code ServletContainerInitializer} found in the application (Servlet 6.1, 8.2.4).
 *
 * @param handledTypes the names of the classes that its {@code @HandlesTypes} selects, the selecting types themselves left out
 */
public record InitializerDescriptor(String className, Set<String> handledTypes) {

    public InitializerDescriptor {
        handledTypes = Set.copyOf(handledTypes);
    }
}
