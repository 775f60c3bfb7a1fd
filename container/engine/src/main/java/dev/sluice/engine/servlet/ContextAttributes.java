package dev.sluice.engine.servlet;

import dev.sluice.engine.listener.Listeners;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextAttributeEvent;
import jakarta.servlet.ServletContextAttributeListener;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The attributes of a context and the listeners that hear of them (Servlet 6.1, 4.5). Any thread. */
final class ContextAttributes {
    private final Map<String, Object> values = new ConcurrentHashMap<>();
    private final Listeners listeners;
    private final ServletContext context;

    ContextAttributes(Listeners listeners, ServletContext context) {
        this.listeners = listeners;
        this.context = context;
    }

    @Nullable
    Object get(String name) {
        return values.get(Objects.requireNonNull(name, "name"));
    }

    Enumeration<String> names() {
        return Collections.enumeration(values.keySet());
    }

    /** Sets an attribute of the container's, without telling listeners. */
    void provide(String name, Object value) {
        values.put(name, value);
    }

    void set(String name, @Nullable Object value) {
        Objects.requireNonNull(name, "name");
        if (value == null) {
            remove(name);
            return;
        }
        Object before = values.put(name, value);
        if (listeners.contextAttribute().isEmpty()) {
            return;
        }
        ServletContextAttributeEvent event =
                new ServletContextAttributeEvent(context, name, before == null ? value : before);
        for (ServletContextAttributeListener listener : listeners.contextAttribute()) {
            if (before == null) {
                listener.attributeAdded(event);
            } else {
                listener.attributeReplaced(event);
            }
        }
    }

    void remove(String name) {
        Object before = values.remove(Objects.requireNonNull(name, "name"));
        if (before != null && !listeners.contextAttribute().isEmpty()) {
            ServletContextAttributeEvent event = new ServletContextAttributeEvent(context, name, before);
            listeners.contextAttribute().forEach(listener -> listener.attributeRemoved(event));
        }
    }
}
