package dev.sluice.engine.mapping;

import jakarta.servlet.http.MappingMatch;

/**
 * One {@code url-pattern} (Servlet 6.1, 12.2).
 *
 * @param text the pattern as written
 * @param kind how it matches
 * @param key the part that is compared: the path for an exact match, the prefix without {@code /*}, the extension without {@code *.}
 */
public record UrlPattern(String text, MappingMatch kind, String key) {

    /**
     * Reads a pattern. A pattern without a leading slash that is no extension pattern counts as if the slash were there, as
     * deployment descriptors of version 2.2 wrote it.
     *
     * @throws IllegalArgumentException if the pattern holds a line break or a {@code *.} followed by a slash
     */
    public static UrlPattern parse(String text) {
        if (text.isEmpty()) {
            return new UrlPattern(text, MappingMatch.CONTEXT_ROOT, "");
        }
        if (text.equals("/")) {
            return new UrlPattern(text, MappingMatch.DEFAULT, "");
        }
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new IllegalArgumentException(
                    "url-pattern \"" + text.replaceAll("[\\r\\n]", "\\\\n") + "\" holds a line break; remove it");
        }
        if (text.startsWith("*.")) {
            return extension(text);
        }
        String path = text.startsWith("/") ? text : "/" + text;
        if (path.endsWith("/*")) {
            return new UrlPattern(text, MappingMatch.PATH, path.substring(0, path.length() - 2));
        }
        return new UrlPattern(text, MappingMatch.EXACT, path);
    }

    private static UrlPattern extension(String text) {
        if (text.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "url-pattern \"" + text + "\" mixes an extension with a path (expected: *.ext or /path/*)");
        }
        return new UrlPattern(text, MappingMatch.EXTENSION, text.substring(2));
    }

    /** True if it matches every path of the application: {@code /*}. */
    public boolean matchesEverything() {
        return kind == MappingMatch.PATH && key.isEmpty();
    }

    /**
     * Whether a filter with this pattern applies to a path. The pattern {@code /} matches only the path {@code /}: it names the
     * default servlet, which is no property of a filter.
     *
     * @param path servlet path and path info, as one string
     */
    public boolean appliesTo(String path) {
        return switch (kind) {
            case EXACT -> path.equals(key);
            case DEFAULT, CONTEXT_ROOT -> path.equals("/");
            case PATH -> isPrefixOf(path);
            case EXTENSION -> key.equals(MappingTable.extension(path));
        };
    }

    private boolean isPrefixOf(String path) {
        return path.startsWith(key) && (path.length() == key.length() || path.charAt(key.length()) == '/');
    }
}
