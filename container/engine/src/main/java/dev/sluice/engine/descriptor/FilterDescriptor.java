package dev.sluice.engine.descriptor;

import java.util.Map;

/** One {@code <filter>} (Servlet 6.1, 6.2). */
public record FilterDescriptor(
        String name, String className, Map<String, String> initParameters, boolean asyncSupported) {

    public FilterDescriptor {
        initParameters = Map.copyOf(initParameters);
    }
}
