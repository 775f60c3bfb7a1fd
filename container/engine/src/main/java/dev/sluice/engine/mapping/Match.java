package dev.sluice.engine.mapping;

import jakarta.servlet.http.MappingMatch;
import org.jspecify.annotations.Nullable;

/**
 * What a path was mapped to, with the path elements of Servlet 6.1, 3.6.
 *
 * @param pattern the pattern that matched
 * @param servletPath the part of the path that selected the target
 * @param pathInfo the rest, or null
 */
public record Match<T>(
        T target,
        UrlPattern pattern,
        String servletPath,
        @Nullable String pathInfo) {

    /** What {@code HttpServletMapping.getMatchValue} returns: the part that the wildcard stands for. */
    public String matchValue() {
        return switch (pattern.kind()) {
            case CONTEXT_ROOT, DEFAULT -> "";
            case EXACT -> withoutSlash(servletPath);
            case PATH -> pathInfo == null ? "" : withoutSlash(pathInfo);
            case EXTENSION ->
                withoutSlash(servletPath.substring(
                        0, servletPath.length() - pattern.key().length() - 1));
        };
    }

    /** How it matched. */
    public MappingMatch kind() {
        return pattern.kind();
    }

    private static String withoutSlash(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
