package dev.sluice.engine.resource;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path of a resource as applications write it in {@code ServletContext.getResource} and its relatives. It is text, not a URL:
 * {@code %}, {@code ;}, {@code ?} and {@code #} are characters of names like any other. Only slashes and dot segments mean something.
 */
public final class ResourcePath {
    private ResourcePath() {}

    /**
     * The canonical form: one slash between names, no {@code .} and {@code ..} segments; a slash at the end stays.
     *
     * @return null for what can name no resource: a path without a leading slash, one that leaves the root, with NUL or with a backslash,
     *     which is a separator on some file systems
     */
    public static @Nullable String canonical(String path) {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0 || path.indexOf('\\') >= 0) {
            return null;
        }
        if (!path.contains("//") && !path.contains("/.")) {
            return path;
        }
        List<String> names = new ArrayList<>();
        String[] segments = path.substring(1).split("/", -1);
        String last = segments[segments.length - 1];
        for (String segment : segments) {
            if (segment.equals("..")) {
                if (names.isEmpty()) {
                    return null;
                }
                names.remove(names.size() - 1);
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                names.add(segment);
            }
        }
        boolean directory = last.isEmpty() || last.equals(".") || last.equals("..");
        return "/" + String.join("/", names) + (directory && !names.isEmpty() ? "/" : "");
    }
}
