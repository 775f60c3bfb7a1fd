package dev.sluice.engine.servlet;

import dev.sluice.engine.mapping.Match;
import dev.sluice.engine.registration.ServletUnit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What the time that a request holds its loop is accounted to: its servlet's name; for pages, and for directories, whose welcome file may be
 * a page, the path. Clients choose paths, so only the first thousand have names of their own, and the others share their servlet's. Any
 * thread.
 */
final class RouteNames {
    private static final int MOST_PATHS = 1000;
    private static final String PAGES = "org.apache.jasper.servlet.JspServlet";

    private final ConcurrentMap<String, String> paths = new ConcurrentHashMap<>();

    /** The name of a target. */
    String of(Match<ServletUnit> match) {
        return isPage(match) ? ofPath(match) : match.target().getName();
    }

    private String ofPath(Match<ServletUnit> match) {
        String path = match.servletPath();
        if (paths.containsKey(path)) {
            return path;
        }
        if (paths.size() >= MOST_PATHS) {
            return match.target().getName();
        }
        paths.put(path, path);
        return path;
    }

    private static boolean isPage(Match<ServletUnit> match) {
        return switch (match.kind()) {
            case EXTENSION ->
                match.target().containerProvided()
                        || PAGES.equals(match.target().getClassName());
            case DEFAULT -> match.servletPath().endsWith("/");
            default -> false;
        };
    }
}
