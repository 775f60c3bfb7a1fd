package dev.sluice.engine.registration;

import dev.sluice.engine.mapping.UrlPattern;
import jakarta.servlet.DispatcherType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One URL pattern or one servlet name that a filter is mapped to.
 *
 * @param pattern null for a mapping by servlet name
 * @param servletName null for a mapping by pattern; {@code *} for all servlets
 */
record FilterTarget(
        FilterUnit filter,
        @Nullable UrlPattern pattern,
        @Nullable String servletName,
        Set<DispatcherType> dispatchers) {

    boolean namesServlet(@Nullable String name) {
        return servletName != null && (servletName.equals("*") || servletName.equals(name));
    }
}
