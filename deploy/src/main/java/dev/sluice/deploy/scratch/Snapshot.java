package dev.sluice.deploy.scratch;

import dev.sluice.fork.source.LambdaSource;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen from some objects, as text by path: fields of the application's objects, elements of collections, maps and arrays,
 * atomics and builders. What is annotated as shared on purpose, and what the JDK hides, is left out.
 */
final class Snapshot {
    private static final int MOST_OBJECTS = 50_000;
    private static final int MOST_TEXT = 60;
    private static final Set<String> SHARED = Set.of("dev.sluice.api.Shared", "dev.sluice.fork.Shared");

    private final ClassLoader application;
    private final IdentityHashMap<Object, String> seen = new IdentityHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Deque<Place> next = new ArrayDeque<>();

    private record Place(String path, Object object) {}

    /** @param application the loader of the classes whose fields are looked into */
    Snapshot(ClassLoader application) {
        this.application = application;
    }

    /** Adds an object. */
    Snapshot object(String path, @Nullable Object root) {
        value(path, root);
        drain();
        return this;
    }

    /** Adds the static fields of a class. */
    Snapshot statics(Class<?> type) {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic() && !shared(field)) {
                field(type.getName() + "." + field.getName(), field, null);
            }
        }
        drain();
        return this;
    }

    /** Value by path. */
    Map<String, String> values() {
        return values;
    }

    private void drain() {
        while (!next.isEmpty() && seen.size() < MOST_OBJECTS) {
            Place place = next.removeFirst();
            inside(place.path(), place.object());
        }
        next.clear();
    }

    private void value(String path, @Nullable Object object) {
        if (object == null || plain(object)) {
            values.put(path, cut(String.valueOf(object)));
            return;
        }
        String before = seen.putIfAbsent(object, path);
        if (before == null) {
            next.add(new Place(path, object));
        } else {
            values.put(path, "the same as " + before);
        }
    }

    private static boolean plain(Object object) {
        return object instanceof CharSequence
                || object instanceof Number
                || object instanceof Boolean
                || object instanceof Character
                || object instanceof Enum<?>
                || object instanceof Class<?>
                || object instanceof java.time.temporal.TemporalAccessor
                || object instanceof java.util.Date
                || object instanceof java.util.BitSet;
    }

    private static String cut(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + "... (" + text.length() + ")";
    }

    private void inside(String path, Object object) {
        if (object.getClass().isArray()) {
            array(path, object);
        } else if (object instanceof Map<?, ?> map) {
            values.put(path, "size " + map.size());
            map.forEach((key, value) -> {
                String name =
                        plain(key) ? cut(String.valueOf(key)) : key.getClass().getSimpleName();
                value(path + "[" + name + "]", value);
            });
        } else if (object instanceof Collection<?> collection) {
            values.put(path, "size " + collection.size());
            int place = 0;
            for (Object element : collection) {
                value(path + "[" + place++ + "]", element);
            }
        } else if (object instanceof AtomicReference<?> reference) {
            value(path, reference.get());
        } else if (object instanceof Optional<?> optional) {
            value(path, optional.orElse(null));
        } else {
            fields(path, object);
        }
    }

    private void array(String path, Object array) {
        int length = Array.getLength(array);
        values.put(path, "length " + length);
        if (array.getClass().getComponentType().isPrimitive()) {
            int hash = 0;
            for (int i = 0; i < length; i++) {
                hash = 31 * hash + Array.get(array, i).hashCode();
            }
            values.put(path, length == 1 ? String.valueOf(Array.get(array, 0)) : "length " + length + ", hash " + hash);
            return;
        }
        for (int i = 0; i < length; i++) {
            value(path + "[" + i + "]", Array.get(array, i));
        }
    }

    private void fields(String path, Object object) {
        Class<?> type = object.getClass();
        if (type.getClassLoader() == application
                && type.isHidden()
                && type.getName().contains("$$Lambda")) {
            captured(path, object);
            return;
        }
        for (; type != null && type.getClassLoader() == application; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !shared(field)) {
                    field(path + "." + field.getName(), field, object);
                }
            }
        }
    }

    /** What a lambda captured, by the names of the variables. */
    private void captured(String path, Object lambda) {
        LambdaSource source = LambdaSource.of(lambda.getClass());
        int place = 0;
        for (Field field : lambda.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field(path + "." + source.captured(place++), field, lambda);
            }
        }
    }

    private static boolean shared(Field field) {
        return Arrays.stream(field.getAnnotations())
                        .anyMatch(annotation ->
                                SHARED.contains(annotation.annotationType().getName()))
                || Arrays.stream(field.getType().getAnnotations())
                        .anyMatch(annotation ->
                                SHARED.contains(annotation.annotationType().getName()));
    }

    private void field(String path, Field field, @Nullable Object of) {
        try {
            field.setAccessible(true);
            value(path, field.get(of));
        } catch (InaccessibleObjectException | IllegalAccessException e) {
            values.put(path, "hidden");
        }
    }
}
