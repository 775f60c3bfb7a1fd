package dev.sluice.engine.descriptor;

import jakarta.servlet.DispatcherType;
import java.util.List;
import java.util.Set;

/**
 * One {@code <filter-mapping>}; the order of the mappings is the order of the chain (Servlet 6.1, 6.2.4).
 *
 * @param dispatchers never empty: {@code REQUEST} where none was declared
 */
public record FilterMapping(
        String filterName, List<String> urlPatterns, List<String> servletNames, Set<DispatcherType> dispatchers) {

    public FilterMapping {
        urlPatterns = List.copyOf(urlPatterns);
        servletNames = List.copyOf(servletNames);
        dispatchers = dispatchers.isEmpty() ? Set.of(DispatcherType.REQUEST) : Set.copyOf(dispatchers);
    }
}
