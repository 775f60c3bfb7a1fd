package dev.sluice.samples.reflection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Enumeration;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A walk over the objects that can be reached from some others by methods without parameters, each called through the public method of the
 * object's own class. Used by one thread.
 */
final class Inspection {
    private static final Set<String> CHANGE_STATE = Set.of(
            "startAsync",
            "getReader",
            "getInputStream",
            "getOutputStream",
            "getWriter",
            "changeSessionId",
            "complete",
            "dispatch",
            "invalidate",
            "logout",
            "reset",
            "resetBuffer",
            "flushBuffer",
            "delete",
            "push");

    private final Map<Object, Boolean> seen = new IdentityHashMap<>();
    private final Set<String> types = new TreeSet<>();
    private final Set<String> closed = new TreeSet<>();
    private int calls;

    /** Calls what an object offers by the API, and goes on with what it answers. */
    void walk(@Nullable Object object) {
        if (object == null || seen.put(object, true) != null) {
            return;
        }
        if (object instanceof Iterable<?> all) {
            all.forEach(this::walk);
        } else if (object instanceof Map<?, ?> map) {
            map.values().forEach(this::walk);
        } else if (object instanceof Enumeration<?> all) {
            Collections.list(all).forEach(this::walk);
        }
        Set<Class<?>> apis = apis(object.getClass());
        if (!apis.isEmpty() && object.getClass().getPackage() != Inspection.class.getPackage()) {
            apis.forEach(api -> types.add(api.getSimpleName()));
            for (Class<?> api : apis) {
                for (Method declared : api.getMethods()) {
                    call(object, declared);
                }
            }
        }
    }

    /** The types of the API that a class has. */
    private static Set<Class<?>> apis(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (at.getName().startsWith("jakarta.servlet.")) {
                found.add(at);
            }
            for (Class<?> direct : at.getInterfaces()) {
                if (direct.getName().startsWith("jakarta.servlet.")) {
                    found.add(direct);
                }
            }
        }
        return found;
    }

    private void call(Object object, Method declared) {
        Class<?> type = object.getClass();
        try {
            Method method = type.getMethod(declared.getName(), declared.getParameterTypes());
            if (method.getParameterCount() > 0 || CHANGE_STATE.contains(method.getName())) {
                if (!method.canAccess(java.lang.reflect.Modifier.isStatic(method.getModifiers()) ? null : object)) {
                    closed.add(type.getName() + "." + method.getName());
                }
                return;
            }
            calls++;
            walk(method.invoke(object));
        } catch (InvocationTargetException refused) {
            calls++; // it could be called; the object says no in this state
        } catch (ReflectiveOperationException impossible) {
            closed.add(type.getName() + "." + declared.getName() + ": " + impossible);
        }
    }

    /** How many methods were called. */
    int calls() {
        return calls;
    }

    /** The types of the API that were met. */
    Set<String> types() {
        return types;
    }

    /** What could not be called, and why. */
    Set<String> closed() {
        return closed;
    }
}
