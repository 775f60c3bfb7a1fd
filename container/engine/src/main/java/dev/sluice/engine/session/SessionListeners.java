package dev.sluice.engine.session;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.EventListener;
import java.util.List;
import java.util.ListIterator;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The session listeners of an application, in the order of their declaration (Servlet 6.1, 11.3.3): told in that order,
 * except that {@code sessionDestroyed} goes the other way round. Listeners run in the caller's thread and outside of
 * every lock. Safe for use by many threads.
 */
public final class SessionListeners {
    private final List<HttpSessionListener> lifeCycle = new CopyOnWriteArrayList<>();
    private final List<HttpSessionAttributeListener> attribute = new CopyOnWriteArrayList<>();
    private final List<HttpSessionIdListener> identity = new CopyOnWriteArrayList<>();

    /** Adds a listener behind the others for each of the session listener interfaces that it has. */
    public void add(EventListener listener) {
        if (listener instanceof HttpSessionListener wanted) {
            lifeCycle.add(wanted);
        }
        if (listener instanceof HttpSessionAttributeListener wanted) {
            attribute.add(wanted);
        }
        if (listener instanceof HttpSessionIdListener wanted) {
            identity.add(wanted);
        }
    }

    void created(HttpSession session) {
        if (!lifeCycle.isEmpty()) {
            HttpSessionEvent event = new HttpSessionEvent(session);
            lifeCycle.forEach(listener -> listener.sessionCreated(event));
        }
    }

    /** Tells all, whatever some of them throw. */
    void destroyed(HttpSession session, Failures failures) {
        HttpSessionEvent event = new HttpSessionEvent(session);
        ListIterator<HttpSessionListener> backwards = lifeCycle.listIterator(lifeCycle.size());
        while (backwards.hasPrevious()) {
            HttpSessionListener listener = backwards.previous();
            failures.guard(() -> listener.sessionDestroyed(event));
        }
    }

    void idChanged(HttpSession session, String oldId) {
        if (!identity.isEmpty()) {
            HttpSessionEvent event = new HttpSessionEvent(session);
            identity.forEach(listener -> listener.sessionIdChanged(event, oldId));
        }
    }

    void bound(HttpSession session, String name, Object value, @Nullable Object previous) {
        if (previous != value && value instanceof HttpSessionBindingListener bound) {
            bound.valueBound(new HttpSessionBindingEvent(session, name, value));
        }
        if (previous != value && previous instanceof HttpSessionBindingListener unbound) {
            unbound.valueUnbound(new HttpSessionBindingEvent(session, name, previous));
        }
        if (attribute.isEmpty()) {
            return;
        }
        if (previous == null) {
            HttpSessionBindingEvent event = new HttpSessionBindingEvent(session, name, value);
            attribute.forEach(listener -> listener.attributeAdded(event));
        } else {
            HttpSessionBindingEvent event = new HttpSessionBindingEvent(session, name, previous);
            attribute.forEach(listener -> listener.attributeReplaced(event));
        }
    }

    /** Tells the value and all listeners, whatever some of them throw. */
    void unbound(HttpSession session, String name, Object value, Failures failures) {
        if (value instanceof HttpSessionBindingListener unbound) {
            failures.guard(() -> unbound.valueUnbound(new HttpSessionBindingEvent(session, name, value)));
        }
        if (!attribute.isEmpty()) {
            HttpSessionBindingEvent event = new HttpSessionBindingEvent(session, name, value);
            attribute.forEach(listener -> failures.guard(() -> listener.attributeRemoved(event)));
        }
    }

    static void willPassivate(HttpSession session, Object value) {
        if (value instanceof HttpSessionActivationListener listener) {
            listener.sessionWillPassivate(new HttpSessionEvent(session));
        }
    }

    static void didActivate(HttpSession session, Object value) {
        if (value instanceof HttpSessionActivationListener listener) {
            listener.sessionDidActivate(new HttpSessionEvent(session));
        }
    }

    /** Collects what listeners throw, so that each of them is told; used by one thread. */
    static final class Failures {
        private @Nullable Throwable first;

        void guard(Runnable notification) {
            try {
                notification.run();
            } catch (RuntimeException | Error e) {
                if (first == null) {
                    first = e;
                } else if (first != e) {
                    first.addSuppressed(e);
                }
            }
        }

        void rethrow() {
            if (first instanceof RuntimeException e) {
                throw e;
            }
            if (first instanceof Error e) {
                throw e;
            }
        }

        void report(Consumer<Throwable> reporter) {
            if (first != null) {
                reporter.accept(first);
            }
        }
    }
}
