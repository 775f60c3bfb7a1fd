package dev.sluice.war.descriptor;

import dev.sluice.war.archive.ArchiveException;
import java.util.ArrayList;
import java.util.List;

/** The syntax of URL patterns (Servlet 6.1, 12.2). */
public final class UrlPatterns {
    private UrlPatterns() {}

    /**
     * The patterns, if each is one.
     *
     * @throws ArchiveException naming the pattern that is not
     */
    public static List<String> checked(String place, String name, List<String> patterns) throws ArchiveException {
        List<String> all = new ArrayList<>();
        for (String pattern : patterns) {
            String problem = problem(pattern);
            if (problem != null) {
                throw ArchiveException.of(
                        place,
                        "url-pattern '" + pattern + "' of '" + name + "' " + problem
                                + " (expected: empty, /, /path, /path/* or *.extension)");
            }
            // Descriptors of version 2.2 wrote patterns without the leading slash.
            boolean bare = !pattern.isEmpty() && !pattern.startsWith("/") && !pattern.startsWith("*.");
            all.add(bare ? "/" + pattern : pattern);
        }
        return all;
    }

    private static @org.jspecify.annotations.Nullable String problem(String pattern) {
        if (pattern.indexOf('\n') >= 0 || pattern.indexOf('\r') >= 0) {
            return "has a line break";
        }
        if (pattern.startsWith("*.")) {
            return pattern.indexOf('/') >= 0 ? "has a slash in an extension" : null;
        }
        if (pattern.startsWith("/") && pattern.contains("*.") && !pattern.endsWith("/*")) {
            return "mixes a path and an extension";
        }
        return null;
    }
}
