package dev.sluice.deploy.dropin;

import java.nio.file.Path;

/**
 * What the name of an archive or exploded directory says, as in Tomcat: {@code shop.war} is {@code /shop}, {@code ROOT.war} the root,
 * {@code a#b.war} is {@code /a/b}, {@code shop##2.war} version 2 of {@code /shop}.
 *
 * @param name the name without extension, by which the application is known
 * @param contextPath empty for the root, otherwise with a leading and without a trailing slash
 * @param version empty if there is none
 */
public record ArchiveName(String name, String contextPath, String version) {
    private static final String ROOT = "ROOT";

    /** The name of a file or directory. */
    public static ArchiveName of(Path path) {
        Path last = path.toAbsolutePath().normalize().getFileName();
        String file = last == null ? ROOT : last.toString();
        String name = file.replaceFirst("\\.(?i:war|jar)$", "");
        int mark = name.indexOf("##");
        String version = mark < 0 ? "" : name.substring(mark + 2);
        String context = mark < 0 ? name : name.substring(0, mark);
        return new ArchiveName(
                name, context.equals(ROOT) ? "" : checked("/" + context.replace('#', '/'), file), version);
    }

    /**
     * The name for a context path that somebody chose, whatever the archive's name is.
     *
     * @throws IllegalArgumentException if it is no context path
     */
    public static ArchiveName at(String contextPath) {
        String path = contextPath.equals("/") ? "" : contextPath;
        if (path.isEmpty()) {
            return new ArchiveName(ROOT, "", "");
        }
        return new ArchiveName(checked(path, contextPath).substring(1).replace('/', '#'), path, "");
    }

    private static String checked(String path, String given) {
        for (String segment : path.substring(1).split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || !path.startsWith("/")) {
                throw new IllegalArgumentException("context path: " + path + " from " + given
                        + " (expected: / or segments that are not empty, . or .., such as /shop or /a/b)");
            }
        }
        if (path.chars().anyMatch(c -> c < 0x20 || c == 0x7f || "?#%;\\".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("context path: " + path + " from " + given
                    + " (expected: no control characters and none of ?#%;\\)");
        }
        return path;
    }
}
