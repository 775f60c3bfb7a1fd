package dev.sluice.engine.servlet;

import dev.sluice.engine.registration.FilterUnit;
import dev.sluice.engine.registration.ServletInstance;
import dev.sluice.engine.registration.ServletUnit;
import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.UnavailableException;
import java.io.IOException;

/**
 * The filters of one dispatch and the servlet behind them (Servlet 6.1, 6.2). For one dispatch; a filter may call it again, and gets the rest
 * of the chain again.
 */
public final class Chain implements FilterChain {
    private final HttpRequest request;
    private final FilterUnit[] filters;
    private final ServletUnit servlet;
    private int position;

    private Chain(HttpRequest request, FilterUnit[] filters, ServletUnit servlet) {
        this.request = request;
        this.filters = filters;
        this.servlet = servlet;
    }

    /**
     * Runs the dispatch that the request's frame describes.
     *
     * @param request the container's request, for what the chain finds out about asynchronous support
     * @param named by name: URL patterns of filters do not apply
     * @param outerRequest what the first filter gets: the container's request or a wrapper
     */
    static void run(HttpRequest request, boolean named, ServletRequest outerRequest, ServletResponse outerResponse)
            throws IOException, ServletException {
        Frame frame = request.frame();
        ServletUnit servlet = frame.servlet();
        var chains = frame.context().chains();
        String path = named ? null : chains.needsPath(frame.type()) ? Dispatcher.targetPath(request) : "/";
        FilterUnit[] filters = chains.select(frame.type(), servlet.getName(), path);
        if (filters.length == 0) {
            service(request, servlet, outerRequest, outerResponse);
        } else {
            new Chain(request, filters, servlet).doFilter(outerRequest, outerResponse);
        }
    }

    @Override
    public void doFilter(ServletRequest outerRequest, ServletResponse outerResponse)
            throws IOException, ServletException {
        if (position == filters.length) {
            service(request, servlet, outerRequest, outerResponse);
            return;
        }
        FilterUnit filter = filters[position++];
        try {
            if (!filter.asyncSupported()) {
                request.asyncSupported(false);
            }
            filter.filter().doFilter(outerRequest, outerResponse, this);
        } finally {
            position--;
        }
    }

    private static void service(
            HttpRequest request, ServletUnit unit, ServletRequest outerRequest, ServletResponse outerResponse)
            throws IOException, ServletException {
        if (!unit.enabled()) {
            throw new UnavailableException("The " + unit + " is switched off by its declaration");
        }
        if (!unit.asyncSupported()) {
            request.asyncSupported(false);
        }
        ServletInstance.Initialised ready = unit.instance().get();
        Servlet servlet = ready.template() == null
                ? ready.servlet()
                : request.call().handlerContext().fork(ready.template());
        try {
            servlet.service(outerRequest, outerResponse);
        } catch (UnavailableException unavailable) {
            unit.instance().unavailable(unavailable);
            throw unavailable;
        }
    }
}
