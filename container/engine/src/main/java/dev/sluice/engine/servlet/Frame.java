package dev.sluice.engine.servlet;

import dev.sluice.engine.mapping.Match;
import dev.sluice.engine.registration.ServletUnit;
import jakarta.servlet.DispatcherType;
import org.jspecify.annotations.Nullable;

/**
 * Where a request is at one moment: the application and servlet that it was dispatched to last, and the path elements that it shows
 * (Servlet 6.1, 3.6 and 9). A dispatch replaces the frame of its request and puts the old one back afterwards. Immutable.
 *
 * @param servlet the target of the dispatch
 * @param match how the path elements were mapped; its target may be another servlet after an include or a dispatch by name
 * @param requestUri undecoded, without the query
 * @param contextPath of the path elements: that of the including application during an include
 * @param queryString undecoded, or null
 * @param dispatchQuery the query of the dispatcher's path, whose parameters come before the others, or null
 * @param outer the frame that this one stands on, or null for a request from the client
 */
record Frame(
        AppContext context,
        DispatcherType type,
        ServletUnit servlet,
        Match<ServletUnit> match,
        String requestUri,
        String contextPath,
        @Nullable String queryString,
        @Nullable String dispatchQuery,
        @Nullable Frame outer) {

    String servletPath() {
        return match.servletPath();
    }

    @Nullable
    String pathInfo() {
        return match.pathInfo();
    }

    /** Servlet path and path info: what filters are matched with. */
    String path() {
        String info = match.pathInfo();
        return info == null ? match.servletPath() : match.servletPath() + info;
    }

    /** The same with another query string. */
    Frame withQuery(@Nullable String query) {
        return new Frame(context, type, servlet, match, requestUri, contextPath, query, dispatchQuery, outer);
    }

    /** The frame of the request as the client sent it, or as it was dispatched asynchronously. */
    Frame first() {
        Frame frame = this;
        while (frame.outer != null) {
            frame = frame.outer;
        }
        return frame;
    }
}
