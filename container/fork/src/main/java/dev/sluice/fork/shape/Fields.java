package dev.sluice.fork.shape;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The instance fields of a class and its superclasses, made accessible. */
public final class Fields {
    private Fields() {}

    /**
     * From the topmost superclass down, in declaration order, down from but without {@code above}.
     *
     * @throws InaccessibleObjectException when a module does not open the package
     */
    public static List<Field> of(Class<?> type, @Nullable Class<?> above) {
        List<Class<?>> chain = new ArrayList<>();
        for (Class<?> c = type; c != null && c != above; c = c.getSuperclass()) {
            chain.add(c);
        }
        Collections.reverse(chain);
        List<Field> fields = new ArrayList<>();
        for (Class<?> c : chain) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    public static Object get(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("lost access to " + field, e);
        }
    }

    static void set(Field field, Object object, Object value) {
        try {
            field.set(object, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("lost access to " + field, e);
        }
    }

    /** The first of these fields whose values are not equal, with both; null when all are. */
    static @Nullable String difference(List<Field> fields, Object template, Object fork) {
        for (Field field : fields) {
            Object expected = get(field, template);
            Object found = get(field, fork);
            if (!expected.equals(found)) {
                return "." + field.getName() + " is " + found + " in a fork (in the template: " + expected + ")";
            }
        }
        return null;
    }

    /** Estimated size of an object with these fields. */
    static long size(List<Field> fields) {
        long bytes = Shape.HEADER;
        for (Field field : fields) {
            bytes += width(field.getType());
        }
        return Shape.align(bytes);
    }

    public static int width(Class<?> type) {
        if (type == long.class || type == double.class) {
            return 8;
        }
        if (type == short.class || type == char.class) {
            return 2;
        }
        return type == byte.class || type == boolean.class ? 1 : 4;
    }
}
