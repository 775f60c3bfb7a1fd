package dev.sluice.engine.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestAttributeEvent;
import jakarta.servlet.ServletRequestAttributeListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells listeners about the attributes of a request (Servlet 6.1, 11.1). */
final class AttributeEvents {
    private AttributeEvents() {}

    /** An attribute was added, or replaced if there was one before; the event carries the old value then. */
    static void set(
            List<ServletRequestAttributeListener> listeners,
            ServletRequest request,
            String name,
            @Nullable Object before,
            Object value) {
        if (listeners.isEmpty()) {
            return;
        }
        var event = new ServletRequestAttributeEvent(
                request.getServletContext(), request, name, before == null ? value : before);
        for (ServletRequestAttributeListener listener : listeners) {
            if (before == null) {
                listener.attributeAdded(event);
            } else {
                listener.attributeReplaced(event);
            }
        }
    }

    /** An attribute was removed, if there was one before. */
    static void removed(
            List<ServletRequestAttributeListener> listeners,
            ServletRequest request,
            String name,
            @Nullable Object before) {
        if (before != null && !listeners.isEmpty()) {
            var event = new ServletRequestAttributeEvent(request.getServletContext(), request, name, before);
            listeners.forEach(listener -> listener.attributeRemoved(event));
        }
    }
}
