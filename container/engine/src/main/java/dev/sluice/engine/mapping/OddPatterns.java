package dev.sluice.engine.mapping;

import jakarta.servlet.http.MappingMatch;
import java.util.Collection;

/** URL patterns that are allowed, but hardly mean what they say. */
public final class OddPatterns {
    private static final System.Logger LOG = System.getLogger("dev.sluice.servlet");

    private OddPatterns() {}

    /**
     * Warns of patterns with an asterisk that is no wildcard where it stands (Servlet 6.1, 12.2): they match one path alone.
     *
     * @param application how the log calls it
     */
    public static void warn(String application, Collection<String> patterns) {
        for (String text : patterns) {
            UrlPattern pattern = UrlPattern.parse(text);
            if (pattern.kind() == MappingMatch.EXACT && text.indexOf('*') >= 0) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        application + ": url-pattern " + text + " matches the path " + pattern.key()
                                + " alone, with the asterisk in it (expected: /path/*, *.extension, or a path without an asterisk)");
            }
        }
    }
}
