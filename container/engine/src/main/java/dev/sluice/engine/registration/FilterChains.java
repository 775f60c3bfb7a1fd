package dev.sluice.engine.registration;

import jakarta.servlet.DispatcherType;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The filters of each dispatch, found once per servlet and dispatcher type where no pattern makes them depend on the path. Immutable, for
 * any number of threads; made when the application has started.
 */
public final class FilterChains {
    private final FilterMappings mappings;
    private final Map<DispatcherType, Map<String, FilterUnit[]>> constant = new EnumMap<>(DispatcherType.class);

    FilterChains(FilterMappings mappings, Iterable<String> servletNames) {
        this.mappings = mappings;
        for (DispatcherType type : DispatcherType.values()) {
            if (mappings.independentOfPath(type)) {
                Map<String, FilterUnit[]> chains = new HashMap<>();
                servletNames.forEach(name -> chains.put(name, mappings.select(type, name, "/")));
                constant.put(type, chains);
            }
        }
    }

    /**
     * The filters of a dispatch in their order; not to be changed.
     *
     * @param path servlet path and path info; null for a dispatch by name
     */
    public FilterUnit[] select(DispatcherType type, String servlet, @Nullable String path) {
        if (path != null) {
            Map<String, FilterUnit[]> chains = constant.get(type);
            FilterUnit[] chain = chains == null ? null : chains.get(servlet);
            if (chain != null) {
                return chain;
            }
        }
        return mappings.select(type, servlet, path);
    }

    /** True if the path is needed to select: saves its concatenation. */
    public boolean needsPath(DispatcherType type) {
        return !constant.containsKey(type);
    }
}
