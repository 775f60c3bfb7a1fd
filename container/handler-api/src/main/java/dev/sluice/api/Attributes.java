package dev.sluice.api;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the server keeps in the attributes of a servlet request or context, without a dependency on the servlet API: by the public
 * {@code getAttribute(String)} of the object's type, looked up once for each class. Any thread.
 */
final class Attributes {
    /** For each class the method as {@code (Object, String) -> Object}; it belongs to the type that declares it. */
    private static final ClassValue<MethodHandle> READERS = new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            return reader(type);
        }
    };

    private Attributes() {}

    /**
     * What the server keeps under the name of its type.
     *
     * @param holder a servlet request or context, or a wrapper of one
     * @throws IllegalArgumentException if it has no attributes
     * @throws IllegalStateException if it has them, and not this one: it is not of this server
     */
    static <T> T find(Object holder, Class<T> type) {
        Object found = read(holder, type.getName());
        if (type.isInstance(found)) {
            return type.cast(found);
        }
        throw new IllegalStateException("the attribute " + type.getName() + " is " + found + " (expected: the "
                + type.getSimpleName() + " that Sluice sets on every request and every servlet context;"
                + " is this another server?)");
    }

    private static @Nullable Object read(Object holder, String name) {
        try {
            return (@Nullable Object) READERS.get(holder.getClass()).invokeExact(holder, name);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot read the attribute " + name + " of " + holder, e);
        }
    }

    /** Of the types that make up this one, the first whose method others may call: the class itself is often not public. */
    private static MethodHandle reader(Class<?> type) {
        Deque<Class<?>> types = new ArrayDeque<>(List.of(type));
        while (!types.isEmpty()) {
            Class<?> next = types.remove();
            MethodHandle found = declared(next);
            if (found != null) {
                return found;
            }
            Class<?> parent = next.getSuperclass();
            if (parent != null) {
                types.add(parent);
            }
            types.addAll(List.of(next.getInterfaces()));
        }
        throw new IllegalArgumentException(type.getName() + " has no public method getAttribute(String)"
                + " (expected: a servlet request or a servlet context, or a wrapper of one)");
    }

    private static @Nullable MethodHandle declared(Class<?> type) {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(type, "getAttribute", MethodType.methodType(Object.class, String.class))
                    .asType(MethodType.methodType(Object.class, Object.class, String.class));
        } catch (NoSuchMethodException | IllegalAccessException notHere) {
            return null;
        }
    }
}
