package dev.sluice.engine.servlet;

import dev.sluice.engine.listener.Listeners;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells the request listeners of an application that a request comes into its scope and goes out of it (Servlet 6.1, 11.2): in order and in
 * reverse order; of the end only those that have taken its beginning. For one request, one thread at a time.
 */
final class RequestEvents {
    private final List<ServletRequestListener> listeners;
    private final AppContext context;
    private final HttpRequest request;
    private final Consumer<Throwable> failures;
    private int told;

    /**
     * Events of a request.
     *
     * @param failures takes what a listener throws at the end; the other listeners are told all the same
     */
    RequestEvents(AppContext context, HttpRequest request, Consumer<Throwable> failures) {
        this.listeners = context.listeners().request();
        this.context = context;
        this.request = request;
        this.failures = failures;
    }

    /** It comes into scope; the first listener that throws ends it, and the caller answers what it threw. */
    void initialized() {
        if (listeners.isEmpty()) {
            return;
        }
        ServletRequestEvent event = new ServletRequestEvent(context.facade(), request);
        for (ServletRequestListener listener : listeners) {
            listener.requestInitialized(event);
            told++;
        }
    }

    /** It goes out of scope. */
    void destroyed() {
        if (told == 0) {
            return;
        }
        ServletRequestEvent event = new ServletRequestEvent(context.facade(), request);
        for (ServletRequestListener listener : Listeners.reversed(listeners.subList(0, told))) {
            try {
                listener.requestDestroyed(event);
            } catch (RuntimeException | Error thrown) {
                failures.accept(thrown);
            }
        }
        told = 0;
    }
}
