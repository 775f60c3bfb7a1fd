package dev.sluice.engine.servlet;

import dev.sluice.engine.http.BadRequestException;
import dev.sluice.engine.http.RequestPath;
import dev.sluice.engine.mapping.Match;
import dev.sluice.engine.registration.ServletUnit;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * Forwards and includes (Servlet 6.1, 9). The request that the application passes reaches the target unchanged, wrappers and all: what differs
 * is the frame of the container's request below. Immutable; any number of requests may use it.
 */
public final class Dispatcher implements RequestDispatcher {
    private final AppContext app;
    private final @Nullable ServletUnit named;
    private final String path;
    private final String uri;
    private final @Nullable String query;

    private Dispatcher(AppContext app, @Nullable ServletUnit named, String path, String uri, @Nullable String query) {
        this.app = app;
        this.named = named;
        this.path = path;
        this.uri = uri;
        this.query = query;
    }

    /** To a path with a leading slash; null if it is no path (Servlet 6.1, 3.5.2). A URL: decoded here, once. */
    static @Nullable Dispatcher toPath(AppContext app, String target) {
        int question = target.indexOf('?');
        String raw = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? null : target.substring(question + 1);
        try {
            RequestPath parsed = RequestPath.ofText(raw);
            return new Dispatcher(app, null, parsed.decoded(), app.contextPath() + parsed.raw(), query);
        } catch (BadRequestException notAPath) {
            return null;
        }
    }

    /** To a request URI with the context path in front, however that is spelt; to a path inside the application if it is not there. */
    static @Nullable Dispatcher toUri(AppContext app, String uri, @Nullable String query) {
        try {
            RequestPath parsed = RequestPath.ofText(uri);
            String context = app.environment().contextPath();
            String path = parsed.decoded();
            if (!path.equals(context) && !path.startsWith(context + "/")) {
                return new Dispatcher(app, null, path, app.contextPath() + parsed.raw(), query);
            }
            String inside = path.substring(context.length());
            return new Dispatcher(app, null, inside.isEmpty() ? "/" : inside, parsed.raw(), query);
        } catch (BadRequestException notAPath) {
            return null;
        }
    }

    /** To a servlet by its name. */
    static Dispatcher toServlet(AppContext app, ServletUnit servlet) {
        return new Dispatcher(app, servlet, "", "", null);
    }

    /** To a path that may be relative to that of the request (Servlet 6.1, 9.1). */
    static @Nullable Dispatcher relative(HttpRequest request, String target) {
        return relative(request, request.app(), target);
    }

    /** To a path in an application; one without a leading slash begins where that of the request is. */
    static @Nullable Dispatcher relative(HttpRequest request, AppContext app, String target) {
        if (target.startsWith("/")) {
            return toPath(app, target);
        }
        String base = targetPath(request);
        String directory = base.substring(0, base.lastIndexOf('/') + 1);
        return toPath(app, (directory.isEmpty() ? "/" : RequestPath.encode(directory)) + target);
    }

    /** Servlet path and path info of the servlet that runs now: during an include those of the included one. */
    static String targetPath(HttpRequest request) {
        Frame frame = request.frame();
        if (frame.type() == DispatcherType.INCLUDE) {
            Object servletPath = request.attributes().get(INCLUDE_SERVLET_PATH);
            Object info = request.attributes().get(INCLUDE_PATH_INFO);
            if (servletPath != null) {
                return info == null ? servletPath.toString() : servletPath.toString() + info;
            }
        }
        return frame.path();
    }

    @Override
    public void forward(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        HttpRequest original = Wrappers.request(request);
        HttpResponse originalResponse = Wrappers.response(response);
        if (response.isCommitted()) {
            throw new IllegalStateException(
                    "forward to " + this + " after the response was committed (expected: before)");
        }
        response.resetBuffer();
        Frame before = original.frame();
        Object[] attributes = null;
        if (named == null && original.attributes().get(FORWARD_REQUEST_URI) == null) {
            Frame first = before.first();
            attributes = DispatchAttributes.FORWARD.set(original.attributes(), first, first.queryString());
        }
        boolean done = false;
        try {
            run(original, frame(DispatcherType.FORWARD, before, original), request, response);
            done = true;
        } finally {
            if (!original.isAsyncStarted()) {
                // In asynchronous mode the request goes on as the forwarded one (Servlet 6.1, 9.4).
                original.frame(before);
                if (attributes != null) {
                    DispatchAttributes.FORWARD.restore(original.attributes(), attributes);
                }
            }
        }
        if (done && !original.isAsyncStarted() && originalResponse.pendingError() == null) {
            close(response, originalResponse);
        }
    }

    /** Servlet 6.1, 9.4: the response is committed and closed before forward returns. A wrapper closes what it made itself. */
    private static void close(ServletResponse response, HttpResponse original) throws IOException {
        if (response == original) {
            original.closeContent();
            return;
        }
        PrintWriter writer;
        try {
            writer = response.getWriter();
        } catch (IllegalStateException streamInUse) {
            response.getOutputStream().close();
            return;
        }
        writer.close();
    }

    @Override
    public void include(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        HttpRequest original = Wrappers.request(request);
        HttpResponse originalResponse = Wrappers.response(response);
        Frame before = original.frame();
        Frame target = frame(DispatcherType.INCLUDE, before, original);
        Object[] attributes = named == null
                ? DispatchAttributes.INCLUDE.set(
                        original.attributes(), pathFrame(DispatcherType.INCLUDE, before, original, before), query)
                : DispatchAttributes.INCLUDE.clear(original.attributes());
        originalResponse.beginInclude();
        try {
            run(original, target, request, response);
        } finally {
            originalResponse.endInclude();
            original.frame(before);
            DispatchAttributes.INCLUDE.restore(original.attributes(), attributes);
        }
    }

    /** The error page for a request: as if forwarded to, with the container's own objects (Servlet 6.1, 10.9.1). */
    void error(HttpRequest request, HttpResponse response) throws ServletException, IOException {
        Frame first = request.frame().first();
        if (request.attributes().get(FORWARD_REQUEST_URI) == null) {
            DispatchAttributes.FORWARD.set(request.attributes(), first, first.queryString());
        }
        request.asyncSupported(true);
        run(request, frame(DispatcherType.ERROR, request.frame(), request), request, response);
    }

    /** The asynchronous dispatch: a new beginning, on which no frame of before has an effect. */
    void async(HttpRequest request, Frame initial, ServletRequest outer, ServletResponse outerResponse)
            throws ServletException, IOException {
        if (request.attributes().get(AsyncContext.ASYNC_REQUEST_URI) == null) {
            DispatchAttributes.ASYNC.set(request.attributes(), initial, initial.queryString());
        }
        request.asyncSupported(true);
        run(request, pathFrame(DispatcherType.ASYNC, initial, request, null), outer, outerResponse);
    }

    private Frame frame(DispatcherType type, Frame before, HttpRequest request) {
        if (named != null) {
            return new Frame(
                    app,
                    type,
                    named,
                    before.match(),
                    before.requestUri(),
                    before.contextPath(),
                    before.queryString(),
                    null,
                    before);
        }
        if (type == DispatcherType.INCLUDE) {
            // Servlet 6.1, 9.3.1: the path elements stay those of the including servlet
            return new Frame(
                    app,
                    type,
                    app.match(path).target(),
                    before.match(),
                    before.requestUri(),
                    before.contextPath(),
                    before.queryString(),
                    query,
                    before);
        }
        return pathFrame(type, before, request, before);
    }

    /**
     * The frame of a dispatch to the path.
     *
     * @param shown whose query string is shown where the path has none
     * @param outer what the frame stands on; null for a new beginning
     */
    private Frame pathFrame(DispatcherType type, Frame shown, HttpRequest request, @Nullable Frame outer) {
        Match<ServletUnit> match = app.match(path);
        String queryString = query != null ? query : shown.queryString();
        String prefix = request.exchange().prefix();
        return new Frame(
                app, type, match.target(), match, prefix + uri, prefix + app.contextPath(), queryString, query, outer);
    }

    private void run(HttpRequest original, Frame frame, ServletRequest request, ServletResponse response)
            throws ServletException, IOException {
        boolean supported = original.isAsyncSupported();
        Frame before = original.frame();
        original.frame(frame);
        try {
            if (frame.context() == before.context()) {
                Chain.run(original, named != null, request, response);
            } else {
                new Crossing(original, before.context(), frame.context())
                        .run(() -> Chain.run(original, named != null, request, response));
            }
        } finally {
            original.asyncSupported(supported);
        }
    }

    @Override
    public String toString() {
        return named != null ? named.toString() : uri;
    }
}
