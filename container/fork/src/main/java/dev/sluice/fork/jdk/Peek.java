package dev.sluice.fork.jdk;

import dev.sluice.fork.shape.Fields;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the references that a serializable object of the JDK holds, without access to its fields: it is serialized
 * to nowhere, and every object that the stream is about to write is noted and replaced by null. Used when a template is
 * published, for the wrappers of {@code java.util.Collections} and the like, whose content has no public accessor.
 */
final class Peek extends ObjectOutputStream {
    private final List<Object> seen = new ArrayList<>();
    private final List<Class<?>> described = new ArrayList<>();
    private @Nullable Object root;

    private Peek() throws IOException {
        super(OutputStream.nullOutputStream());
        enableReplaceObject(true);
    }

    /** The referenced objects in the order of the serialized form: superclass first, then fields by name. */
    static List<Object> references(Object object) {
        try {
            return fields(object);
        } catch (InaccessibleObjectException closed) {
            return look(object).seen.stream()
                    .map(seen -> Proxies.original(object, seen))
                    .toList();
        }
    }

    /** The exact way, when the package is open: what the stream shows may be a stand-in chosen by the object. */
    private static List<Object> fields(Object object) {
        List<Object> all = new ArrayList<>();
        for (Field field : Fields.of(object.getClass(), Object.class)) {
            if (!field.getType().isPrimitive() && !Modifier.isTransient(field.getModifiers())) {
                Object value = Fields.get(field, object);
                if (value != null && value != object && !(value instanceof Class<?>)) {
                    all.add(value);
                }
            }
        }
        return all;
    }

    /** The classes that it holds as values, in the order of the serialized form. */
    static List<Class<?>> classes(Object object) {
        return look(object).described.stream()
                .filter(c -> !(object instanceof Serializable
                        && c.isAssignableFrom(object.getClass())
                        && Serializable.class.isAssignableFrom(c)))
                .toList();
    }

    /** What a serializable lambda captured, or null when the lambda is not serializable. */
    static @Nullable SerializedLambda lambda(Object object) {
        try (Peek peek = new Peek()) {
            peek.writeObject(object);
            return peek.root instanceof SerializedLambda lambda ? lambda : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static Peek look(Object object) {
        try (Peek peek = new Peek()) {
            peek.writeObject(object);
            return peek;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot look into " + object.getClass().getName(), e);
        }
    }

    @Override
    protected @Nullable Object replaceObject(Object object) {
        if (root == null) {
            root = object;
            return object;
        }
        seen.add(object);
        return null;
    }

    @Override
    protected void annotateClass(Class<?> type) {
        described.add(type);
    }
}
