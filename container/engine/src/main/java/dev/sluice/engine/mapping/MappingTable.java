package dev.sluice.engine.mapping;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the target of a path by the rules of Servlet 6.1, 12.1: the exact match, then the longest path prefix, then the extension, then
 * the default. Immutable, for any number of threads; a lookup allocates nothing but the match of a wildcard.
 */
public final class MappingTable<T> {
    private final Map<String, Match<T>> exact;
    private final Map<String, Entry<T>> prefixes;
    private final Map<String, Entry<T>> extensions;
    private final @Nullable Match<T> root;
    private final @Nullable Entry<T> fallback;

    private MappingTable(Builder<T> builder) {
        exact = Map.copyOf(builder.exact);
        prefixes = Map.copyOf(builder.prefixes);
        extensions = Map.copyOf(builder.extensions);
        root = builder.root;
        fallback = builder.fallback;
    }

    /** An empty builder. */
    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    /**
     * Maps a path.
     *
     * @param path inside the application, decoded, with a leading slash; the path parameters removed
     * @return null if nothing matches, which cannot be where a default is mapped
     */
    public @Nullable Match<T> find(String path) {
        Match<T> found = exact.get(path);
        if (found != null) {
            return found;
        }
        if (root != null && path.equals("/")) {
            return root;
        }
        Match<T> prefix = findPrefix(path);
        if (prefix != null) {
            return prefix;
        }
        Match<T> extension = findExtension(path);
        if (extension != null) {
            return extension;
        }
        return fallback == null ? null : new Match<>(fallback.target, fallback.pattern, path, null);
    }

    /** True if a pattern other than the default's selects the path. */
    public boolean mapsOtherThanDefault(String path) {
        Match<T> match = find(path);
        return match != null && (fallback == null || match.pattern() != fallback.pattern);
    }

    /** True if the empty pattern is mapped, so that the context root itself has a target. */
    public boolean mapsContextRoot() {
        return root != null;
    }

    private @Nullable Match<T> findPrefix(String path) {
        if (prefixes.isEmpty()) {
            return null;
        }
        int end = path.length();
        while (end >= 0) {
            String prefix = path.substring(0, end);
            Entry<T> entry = prefixes.get(prefix);
            if (entry != null) {
                return new Match<>(
                        entry.target, entry.pattern, prefix, end == path.length() ? null : path.substring(end));
            }
            end = end == 0 ? -1 : path.lastIndexOf('/', end - 1);
        }
        return null;
    }

    private @Nullable Match<T> findExtension(String path) {
        if (extensions.isEmpty()) {
            return null;
        }
        String extension = extension(path);
        Entry<T> entry = extension == null ? null : extensions.get(extension);
        return entry == null ? null : new Match<>(entry.target, entry.pattern, path, null);
    }

    /** The extension: what follows the last dot of the last segment; null without one. */
    static @Nullable String extension(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 || path.indexOf('/', dot) >= 0 ? null : path.substring(dot + 1);
    }

    private record Entry<T>(T target, UrlPattern pattern) {}

    /** Collects the mappings; not for use by several threads. */
    public static final class Builder<T> {
        private final Map<String, Match<T>> exact = new HashMap<>();
        private final Map<String, Entry<T>> prefixes = new HashMap<>();
        private final Map<String, Entry<T>> extensions = new HashMap<>();
        private @Nullable Match<T> root;
        private @Nullable Entry<T> fallback;

        private Builder() {}

        /** Maps a pattern; a later mapping of the same pattern replaces the earlier one. */
        public Builder<T> add(UrlPattern pattern, T target) {
            switch (pattern.kind()) {
                case EXACT -> exact.put(pattern.key(), new Match<>(target, pattern, pattern.key(), null));
                case PATH -> prefixes.put(pattern.key(), new Entry<>(target, pattern));
                case EXTENSION -> extensions.put(pattern.key(), new Entry<>(target, pattern));
                // Servlet 6.1, 12.2: the path info is "/" and the servlet path is empty
                case CONTEXT_ROOT -> root = new Match<>(target, pattern, "", "/");
                case DEFAULT -> fallback = new Entry<>(target, pattern);
            }
            return this;
        }

        /** The table; the builder may be used on. */
        public MappingTable<T> build() {
            return new MappingTable<>(this);
        }
    }
}
