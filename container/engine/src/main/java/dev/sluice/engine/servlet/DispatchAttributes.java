package dev.sluice.engine.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import org.jspecify.annotations.Nullable;

/** The request attributes by which a dispatch tells where it came from or goes to (Servlet 6.1, 9.3.1, 9.4.2 and 9.7.2). */
record DispatchAttributes(
        String mapping,
        String requestUri,
        String contextPath,
        String servletPath,
        String pathInfo,
        String queryString) {

    static final DispatchAttributes FORWARD = new DispatchAttributes(
            RequestDispatcher.FORWARD_MAPPING,
            RequestDispatcher.FORWARD_REQUEST_URI,
            RequestDispatcher.FORWARD_CONTEXT_PATH,
            RequestDispatcher.FORWARD_SERVLET_PATH,
            RequestDispatcher.FORWARD_PATH_INFO,
            RequestDispatcher.FORWARD_QUERY_STRING);
    static final DispatchAttributes INCLUDE = new DispatchAttributes(
            RequestDispatcher.INCLUDE_MAPPING,
            RequestDispatcher.INCLUDE_REQUEST_URI,
            RequestDispatcher.INCLUDE_CONTEXT_PATH,
            RequestDispatcher.INCLUDE_SERVLET_PATH,
            RequestDispatcher.INCLUDE_PATH_INFO,
            RequestDispatcher.INCLUDE_QUERY_STRING);
    static final DispatchAttributes ASYNC = new DispatchAttributes(
            AsyncContext.ASYNC_MAPPING,
            AsyncContext.ASYNC_REQUEST_URI,
            AsyncContext.ASYNC_CONTEXT_PATH,
            AsyncContext.ASYNC_SERVLET_PATH,
            AsyncContext.ASYNC_PATH_INFO,
            AsyncContext.ASYNC_QUERY_STRING);

    private static final Object[] NOTHING = new Object[6];

    /** Sets the attributes from a frame; returns the values before, for {@link #restore}. */
    Object[] set(RequestAttributes attributes, Frame frame, @Nullable String query) {
        return put(attributes, new Object[] {
            new MappingView(frame.match()),
            frame.requestUri(),
            frame.contextPath(),
            frame.servletPath(),
            frame.pathInfo(),
            query
        });
    }

    /** Removes the attributes; returns the values before. */
    Object[] clear(RequestAttributes attributes) {
        return put(attributes, NOTHING);
    }

    /** Puts values back. */
    void restore(RequestAttributes attributes, Object[] before) {
        put(attributes, before);
    }

    private Object[] put(RequestAttributes attributes, @Nullable Object[] values) {
        return new Object[] {
            attributes.put(mapping, values[0]),
            attributes.put(requestUri, values[1]),
            attributes.put(contextPath, values[2]),
            attributes.put(servletPath, values[3]),
            attributes.put(pathInfo, values[4]),
            attributes.put(queryString, values[5])
        };
    }
}
