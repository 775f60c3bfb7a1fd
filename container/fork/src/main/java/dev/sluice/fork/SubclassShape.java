package dev.sluice.fork;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Application classes that extend a collection of the JDK, double-brace initialisation included. The inherited part is
 * cloned, emptied and filled by the JDK's own methods, called on the superclass so that no overriding method of the
 * application runs; the fields of the application are set as in any other object.
 */
final class SubclassShape extends Shape {
    private static final Set<Class<?>> CLONEABLE = Set.of(
            java.util.ArrayList.class,
            java.util.LinkedList.class,
            java.util.Vector.class,
            java.util.Stack.class,
            java.util.ArrayDeque.class,
            java.util.HashSet.class,
            java.util.LinkedHashSet.class,
            java.util.HashMap.class,
            java.util.LinkedHashMap.class,
            java.util.IdentityHashMap.class,
            java.util.Hashtable.class);

    private final Shape inherited;
    private final List<Field> references;
    private final boolean[] shared;
    private final MethodHandle clone;
    private final MethodHandle clear;
    private final MethodHandle put;
    private final long bytes;

    private SubclassShape(Class<?> type, Class<?> above, Shape inherited, List<Field> fields, Predicate<Field> sharing)
            throws ReflectiveOperationException {
        super(type);
        this.inherited = inherited;
        this.references =
                fields.stream().filter(f -> !f.getType().isPrimitive()).toList();
        this.shared = new boolean[references.size()];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = sharing.test(references.get(i));
        }
        MethodHandles.Lookup inside = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        this.clone = inside.findSpecial(above, "clone", MethodType.methodType(Object.class), type)
                .asType(MethodType.genericMethodType(1));
        this.clear = inside.findSpecial(above, "clear", MethodType.methodType(void.class), type)
                .asType(MethodType.methodType(void.class, Object.class));
        this.put = inherited instanceof MapShape
                ? inside.findSpecial(above, "put", MethodType.genericMethodType(2), type)
                        .asType(MethodType.methodType(void.class, Object.class, Object.class, Object.class))
                : inside.findSpecial(above, "add", MethodType.methodType(boolean.class, Object.class), type)
                        .asType(MethodType.methodType(void.class, Object.class, Object.class));
        this.bytes = Fields.size(fields) - HEADER;
    }

    /** The shape of objects of a class whose nearest superclass in the JDK is {@code above}, or null if there is none. */
    static @Nullable Shape of(Class<?> type, @Nullable Class<?> above, List<Field> fields, Predicate<Field> sharing) {
        if (above == null || !CLONEABLE.contains(above)) {
            return null;
        }
        Shape inherited =
                (Shape) java.util.Objects.requireNonNull(JdkTypes.exact(above)).apply(above);
        try {
            return new SubclassShape(type, above, inherited, fields, sharing);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no access to the methods that " + type.getName() + " inherits", e);
        }
    }

    @Override
    boolean mutable() {
        return true;
    }

    /** The fields of the application first, then the content. */
    @Override
    Object[] parts(Object object) {
        List<Object> all = new ArrayList<>();
        for (Field field : references) {
            all.add(Fields.get(field, object));
        }
        all.addAll(Arrays.asList(content(object)));
        return all.toArray();
    }

    private static Object[] content(Object object) {
        if (object instanceof Map<?, ?> map) {
            List<Object> all = new ArrayList<>();
            map.forEach((key, value) -> {
                all.add(key);
                all.add(value);
            });
            return all.toArray();
        }
        return BagShape.collection(object).toArray();
    }

    @Override
    String label(Object[] parts, int index) {
        int fields = references.size();
        return index < fields
                ? "." + references.get(index).getName()
                : inherited.label(Arrays.copyOfRange(parts, fields, parts.length), index - fields + inherited.head());
    }

    @Override
    boolean sharedPart(int index) {
        return index < shared.length && shared[index];
    }

    @Override
    boolean looksInto(int index) {
        return index >= references.size() && inherited.looksInto(index - references.size() + inherited.head());
    }

    @Override
    Look looks() {
        return inherited.looks();
    }

    @Override
    long size(Object object, Object[] parts) {
        return bytes + inherited.size(object, parts);
    }

    @Override
    Object allocate(Object pristine, Object[] parts) {
        try {
            Object made = (Object) clone.invokeExact(pristine);
            clear.invokeExact(made);
            return made;
        } catch (Throwable e) {
            throw failed("clone", e);
        }
    }

    @Override
    void fill(Object target, Object pristine, Object[] parts) {
        int fields = references.size();
        for (int i = 0; i < fields; i++) {
            Fields.set(references.get(i), target, parts[i]);
        }
        try {
            if (inherited instanceof MapShape) {
                for (int i = fields; i < parts.length; i += 2) {
                    put.invokeExact(target, parts[i], parts[i + 1]);
                }
            } else {
                for (int i = fields; i < parts.length; i++) {
                    put.invokeExact(target, parts[i]);
                }
            }
        } catch (Throwable e) {
            throw failed("fill", e);
        }
    }

    private RuntimeException failed(String what, Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("cannot " + what + " a " + type.getName() + ": " + cause, cause);
    }
}
