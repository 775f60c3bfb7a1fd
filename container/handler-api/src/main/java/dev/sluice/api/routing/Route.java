package dev.sluice.api.routing;

import dev.sluice.api.Handler;
import java.util.Map;

/** A route: the handler of a method and a pattern, with the application's middleware around it. */
final class Route {
    private final PathPattern pattern;
    private final Handler handler;
    private final Match bare;

    Route(PathPattern pattern, Handler handler) {
        this.pattern = pattern;
        this.handler = handler;
        this.bare = new Match(pattern, handler, Map.of());
    }

    PathPattern pattern() {
        return pattern;
    }

    Handler handler() {
        return handler;
    }

    /** The match of a pattern without parameters: the same for all requests. */
    Match bare() {
        return bare;
    }
}
