package dev.sluice.engine.descriptor;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One {@code <filter>} (Servlet 6.1, 6.2).
 *
 * @param className the binary name of the class; null if a program is to give it: a preliminary registration
 */
public record FilterDescriptor(
        String name, @Nullable String className, Map<String, String> initParameters, boolean asyncSupported) {

    public FilterDescriptor {
        initParameters = Map.copyOf(initParameters);
    }
}
