package dev.sluice.fork;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Compares a {@link DomainModel} with its fork by reading both through their public methods and fields, and asks every
 * collection of the fork for each of its keys. Knows nothing of plans.
 */
final class SameModel {
    private final Map<Object, Object> there = new IdentityHashMap<>();
    private final Map<Object, Object> back = new IdentityHashMap<>();
    private final Deque<Runnable> pending = new ArrayDeque<>();

    static void verify(Object template, Object fork) {
        SameModel model = new SameModel();
        model.pair(template, fork, "root");
        while (!model.pending.isEmpty()) {
            model.pending.pop().run();
        }
    }

    private static void differ(String path, Object expected, Object actual) {
        throw new AssertionError(path + ": " + actual + " (expected: " + expected + ")");
    }

    private void pair(Object a, Object b, String path) {
        if (a == null || b == null) {
            if (a != b) {
                differ(path, a, b);
            }
            return;
        }
        if (a.getClass() != b.getClass()) {
            differ(path, a.getClass(), b.getClass());
        }
        if (a instanceof String || a instanceof Number || a instanceof Boolean || a instanceof Enum<?>) {
            if (!a.equals(b)) {
                differ(path, a, b);
            }
            return;
        }
        if (a.getClass().isHidden()) {
            return;
        }
        Object known = there.put(a, b);
        Object origin = back.put(b, a);
        if (known != null || origin != null) {
            if (known != b || origin != a) {
                differ(path, "the same object as elsewhere", "another one");
            }
            return;
        }
        pending.push(() -> content(a, b, path));
    }

    private void content(Object a, Object b, String path) {
        if (a instanceof Map<?, ?> map) {
            maps(map, (Map<?, ?>) b, path);
        } else if (a instanceof Collection<?> collection) {
            collections(collection, (Collection<?>) b, path);
        }
        if (!a.getClass().getName().startsWith("java.")) {
            fields(a, b, path);
        }
    }

    private void maps(Map<?, ?> a, Map<?, ?> b, String path) {
        if (a.size() != b.size()) {
            differ(path + ".size()", a.size(), b.size());
        }
        boolean ordered = a instanceof LinkedHashMap || a instanceof SortedMap;
        Map<String, Object> byTag = new HashMap<>();
        List<Object> order = new ArrayList<>(b.keySet());
        order.forEach(key -> byTag.put(DomainModel.TAG.apply(key), key));
        int next = 0;
        for (Map.Entry<?, ?> entry : List.copyOf(a.entrySet().stream()
                .map(e -> new java.util.AbstractMap.SimpleEntry<Object, Object>(e.getKey(), e.getValue()))
                .toList())) {
            String tag = DomainModel.TAG.apply(entry.getKey());
            Object key = ordered ? order.get(next++) : byTag.get(tag);
            String here = path + "[" + tag + "]";
            pair(entry.getKey(), key, here + ".key");
            if (!(b instanceof DomainModel.Recent<?, ?>)) {
                if (!b.containsKey(key)) {
                    differ(here, "found by its key", "nothing");
                }
                pair(entry.getValue(), b.get(key), here);
            }
        }
    }

    private void collections(Collection<?> a, Collection<?> b, String path) {
        if (a.size() != b.size()) {
            differ(path + ".size()", a.size(), b.size());
        }
        boolean ordered = !(a instanceof Set<?>)
                || a instanceof LinkedHashSet
                || a instanceof SortedSet
                || a instanceof PriorityQueue
                || a instanceof java.util.concurrent.CopyOnWriteArraySet;
        Map<String, Object> byTag = new HashMap<>();
        b.forEach(element -> byTag.put(DomainModel.TAG.apply(element), element));
        Iterator<?> others = b.iterator();
        for (Object element : a) {
            String tag = DomainModel.TAG.apply(element);
            Object other = ordered ? others.next() : byTag.get(tag);
            pair(element, other, path + "[" + tag + "]");
            if (!b.contains(other)) {
                differ(path + "[" + tag + "]", "contained", "not found");
            }
        }
    }

    private void fields(Object a, Object b, String path) {
        for (Class<?> type = a.getClass();
                type != null && !type.getName().startsWith("java.");
                type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    try {
                        field.setAccessible(true);
                        pair(field.get(a), field.get(b), path + "." + field.getName());
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
    }
}
