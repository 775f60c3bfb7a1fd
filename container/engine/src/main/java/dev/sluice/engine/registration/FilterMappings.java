package dev.sluice.engine.registration;

import jakarta.servlet.DispatcherType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The filter mappings in their order: those added before the declared ones, the declared ones, those added after. A chain has first the
 * filters matched by URL pattern, then those matched by servlet name (Servlet 6.1, 6.2.4).
 */
public final class FilterMappings {
    private static final FilterUnit[] NONE = {};

    private final List<FilterTarget> targets = new ArrayList<>();
    private int insertAt;

    FilterMappings() {}

    /** Adds a declared mapping, or one by the application behind or before the declared ones. */
    void add(FilterTarget target, boolean matchAfter) {
        if (matchAfter) {
            targets.add(target);
        } else {
            targets.add(insertAt++, target);
        }
    }

    List<String> servletNamesOf(FilterUnit filter) {
        Set<String> names = new LinkedHashSet<>();
        for (FilterTarget target : targets) {
            if (target.filter() == filter && target.servletName() != null) {
                names.add(target.servletName());
            }
        }
        return List.copyOf(names);
    }

    List<String> urlPatternsOf(FilterUnit filter) {
        Set<String> patterns = new LinkedHashSet<>();
        for (FilterTarget target : targets) {
            if (target.filter() == filter && target.pattern() != null) {
                patterns.add(target.pattern().text());
            }
        }
        return List.copyOf(patterns);
    }

    /**
     * The filters of a dispatch.
     *
     * @param servlet the servlet's name, or null
     * @param path servlet path and path info; null for a dispatch by name
     */
    public FilterUnit[] select(DispatcherType type, @Nullable String servlet, @Nullable String path) {
        if (targets.isEmpty()) {
            return NONE;
        }
        Set<FilterUnit> chain = new LinkedHashSet<>();
        for (FilterTarget target : targets) {
            if (target.pattern() != null
                    && path != null
                    && target.dispatchers().contains(type)
                    && target.pattern().appliesTo(path)) {
                chain.add(target.filter());
            }
        }
        for (FilterTarget target : targets) {
            if (target.namesServlet(servlet) && target.dispatchers().contains(type)) {
                chain.add(target.filter());
            }
        }
        return chain.isEmpty() ? NONE : chain.toArray(NONE);
    }

    /** True if the path does not matter for dispatches of this type: every pattern is {@code /*} or there is none. */
    public boolean independentOfPath(DispatcherType type) {
        Predicate<FilterTarget> depends = target -> target.pattern() != null
                && target.dispatchers().contains(type)
                && !target.pattern().matchesEverything();
        return targets.stream().noneMatch(depends);
    }
}
