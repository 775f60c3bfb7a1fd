package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Compares two graphs without the engine under test: same classes, same values, same sharing inside each (a bijection of
 * identities), and no mutable object in both.
 */
final class SameShape {
    private final Map<Object, Object> there = new IdentityHashMap<>();
    private final Map<Object, Object> back = new IdentityHashMap<>();
    private final ArrayDeque<Object[]> pending = new ArrayDeque<>();

    /** Returns how many distinct pairs of objects were compared. */
    static int verify(Object template, Object fork) {
        SameShape shape = new SameShape();
        shape.pair(template, fork, "root");
        while (!shape.pending.isEmpty()) {
            Object[] next = shape.pending.pop();
            shape.content(next[0], next[1], (String) next[2]);
        }
        return shape.there.size();
    }

    private void pair(Object a, Object b, String path) {
        if (a == null || b == null) {
            assertThat(b).as(path).isSameAs(a);
            return;
        }
        assertThat((Object) b.getClass()).as(path).isEqualTo(a.getClass());
        if (value(a)) {
            assertThat(b).as(path).isEqualTo(a);
            return;
        }
        Object known = there.get(a);
        if (known != null || back.containsKey(b)) {
            assertThat(known).as(path + ": shared inside the graph").isSameAs(b);
            assertThat(back.get(b)).as(path).isSameAs(a);
            return;
        }
        there.put(a, b);
        back.put(b, a);
        pending.push(new Object[] {a, b, path.length() > 200 ? path.substring(0, 200) : path});
    }

    private static boolean value(Object object) {
        return object instanceof String
                || object instanceof Number && !(object instanceof AtomicInteger)
                || object instanceof Boolean
                || object instanceof Enum<?>
                || object instanceof Class<?>
                || object instanceof Character;
    }

    private void content(Object a, Object b, String path) {
        if (mutable(a)) {
            assertThat(b).as(path + ": a mutable object in both").isNotSameAs(a);
        }
        if (a instanceof Object[] array) {
            assertThat(((Object[]) b)).as(path).hasSameSizeAs(array);
            for (int i = 0; i < array.length; i++) {
                pair(array[i], ((Object[]) b)[i], path + "[" + i + "]");
            }
        } else if (a.getClass().isArray()) {
            assertThat(Array.getLength(b)).as(path).isEqualTo(Array.getLength(a));
            for (int i = 0; i < Array.getLength(a); i++) {
                assertThat(Array.get(b, i)).as(path).isEqualTo(Array.get(a, i));
            }
        } else if (a instanceof Map<?, ?> map) {
            maps(map, (Map<?, ?>) b, path);
        } else if (a instanceof Collection<?> bag) {
            collections(bag, (Collection<?>) b, path);
        } else if (a instanceof AtomicInteger number) {
            assertThat(((AtomicInteger) b).get()).isEqualTo(number.get());
        } else if (a instanceof AtomicReference<?> reference) {
            pair(reference.get(), ((AtomicReference<?>) b).get(), path + ".get()");
        } else if (a instanceof Optional<?> optional) {
            pair(optional.orElse(null), ((Optional<?>) b).orElse(null), path + ".get()");
        } else if (a instanceof CharSequence) {
            assertThat(b).hasToString(a.toString());
        } else if (!a.getClass().getName().startsWith("java.")) {
            fields(a, b, path);
        }
    }

    private static boolean mutable(Object object) {
        Class<?> type = object.getClass();
        if (type.isArray()) {
            return Array.getLength(object) > 0;
        }
        if (type.getName().startsWith("java.")) {
            return !type.getName().contains("Immutable")
                    && !type.getName().contains("Optional")
                    && !type.getName().contains("Unmodifiable")
                    && type != Object.class;
        }
        for (Field field : instanceFields(type)) {
            if (!Modifier.isFinal(field.getModifiers())) {
                return true;
            }
        }
        return false;
    }

    private void maps(Map<?, ?> a, Map<?, ?> b, String path) {
        assertThat(b.size()).as(path).isEqualTo(a.size());
        boolean byOrder = a.keySet().stream().anyMatch(k -> !value(k));
        Iterator<? extends Map.Entry<?, ?>> others = b.entrySet().iterator();
        for (Map.Entry<?, ?> entry : a.entrySet()) {
            if (byOrder) {
                Map.Entry<?, ?> other = others.next();
                pair(entry.getKey(), other.getKey(), path + ".key");
                pair(
                        entry.getValue(),
                        other.getValue(),
                        path + "[" + entry.getKey().getClass() + "]");
                if (a.containsKey(entry.getKey())) {
                    assertThat(b.get(other.getKey())).as(path + ": look-up").isSameAs(other.getValue());
                }
            } else {
                pair(entry.getValue(), b.get(entry.getKey()), path + "[" + entry.getKey() + "]");
            }
        }
    }

    private void collections(Collection<?> a, Collection<?> b, String path) {
        assertThat(b.size()).as(path).isEqualTo(a.size());
        Iterator<?> others = b.iterator();
        int i = 0;
        for (Object element : a) {
            Object other = others.next();
            pair(element, other, path + "[" + i++ + "]");
            if (a instanceof Set<?>) {
                assertThat(b.contains(other)).as(path + ": look-up").isEqualTo(a.contains(element));
            }
        }
    }

    private void fields(Object a, Object b, String path) {
        for (Field field : instanceFields(a.getClass())) {
            try {
                field.setAccessible(true);
                Object x = field.get(a);
                Object y = field.get(b);
                if (field.getType().isPrimitive()) {
                    assertThat(y).as(path + "." + field.getName()).isEqualTo(x);
                } else {
                    pair(x, y, path + "." + field.getName());
                }
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static List<Field> instanceFields(Class<?> type) {
        List<Field> all = new ArrayList<>();
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    all.add(field);
                }
            }
        }
        return all;
    }
}
