package dev.sluice.engine.listener;

import jakarta.servlet.ServletContextAttributeListener;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestAttributeListener;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EventListener;
import java.util.List;
import java.util.stream.Stream;

/**
 * The listeners of an application except those of sessions, by kind, in the order of registration (Servlet 6.1, 11.3.3). Filled by the thread
 * that starts the application; read by all after that, where an empty list costs nothing.
 */
public final class Listeners {
    private static final List<Class<? extends EventListener>> KINDS = List.of(
            ServletContextListener.class,
            ServletContextAttributeListener.class,
            ServletRequestListener.class,
            ServletRequestAttributeListener.class,
            HttpSessionListener.class,
            HttpSessionAttributeListener.class,
            HttpSessionIdListener.class);

    private volatile List<ServletContextListener> context = List.of();
    private volatile List<ServletContextAttributeListener> contextAttribute = List.of();
    private volatile List<ServletRequestListener> request = List.of();
    private volatile List<ServletRequestAttributeListener> requestAttribute = List.of();

    /** True if the class is a listener of a kind that may be added to a context (Servlet 6.1, 4.4.3). */
    public static boolean supports(Class<?> type) {
        return KINDS.stream().anyMatch(kind -> kind.isAssignableFrom(type));
    }

    /** Adds a listener behind the others, once for each of its kinds. */
    public void add(EventListener listener) {
        if (listener instanceof ServletContextListener wanted) {
            context = with(context, wanted);
        }
        if (listener instanceof ServletContextAttributeListener wanted) {
            contextAttribute = with(contextAttribute, wanted);
        }
        if (listener instanceof ServletRequestListener wanted) {
            request = with(request, wanted);
        }
        if (listener instanceof ServletRequestAttributeListener wanted) {
            requestAttribute = with(requestAttribute, wanted);
        }
    }

    /** The context listeners. */
    public List<ServletContextListener> context() {
        return context;
    }

    /** The context attribute listeners. */
    public List<ServletContextAttributeListener> contextAttribute() {
        return contextAttribute;
    }

    /** The request listeners. */
    public List<ServletRequestListener> request() {
        return request;
    }

    /** The request attribute listeners. */
    public List<ServletRequestAttributeListener> requestAttribute() {
        return requestAttribute;
    }

    /** A list back to front, as the ends of things are announced. */
    public static <T> List<T> reversed(List<T> listeners) {
        List<T> copy = new ArrayList<>(listeners);
        Collections.reverse(copy);
        return copy;
    }

    private static <T> List<T> with(List<T> before, T added) {
        return Stream.concat(before.stream(), Stream.of(added)).toList();
    }
}
