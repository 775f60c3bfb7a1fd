package dev.sluice.fork.jdk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** The dynamically checked wrappers of {@code java.util.Collections}. */
@SuppressWarnings({"unchecked", "rawtypes"})
final class CheckedTypes {
    private CheckedTypes() {}

    /** Hands over a sample of each class and how to wrap a content like a given wrapper does. */
    static void register(BiConsumer<Object, BiFunction<Object, Object, Object>> registry) {
        Class<Object> any = Object.class;
        registry.accept(
                Collections.checkedCollection(new ArrayList<>(), any),
                (o, c) -> Collections.checkedCollection((Collection) c, element(o)));
        BiFunction<Object, Object, Object> list = (o, c) -> Collections.checkedList((List) c, element(o));
        registry.accept(Collections.checkedList(new ArrayList<>(), any), list);
        registry.accept(Collections.checkedList(new LinkedList<>(), any), list);
        registry.accept(
                Collections.checkedSet(new HashSet<>(), any), (o, c) -> Collections.checkedSet((Set) c, element(o)));
        registry.accept(
                Collections.checkedSortedSet(new TreeSet<>(), any),
                (o, c) -> Collections.checkedSortedSet((SortedSet) c, element(o)));
        registry.accept(
                Collections.checkedNavigableSet(new TreeSet<>(), any),
                (o, c) -> Collections.checkedNavigableSet((NavigableSet) c, element(o)));
        registry.accept(
                Collections.checkedQueue(new LinkedList<>(), any),
                (o, c) -> Collections.checkedQueue((Queue) c, element(o)));
        registry.accept(
                Collections.checkedMap(new HashMap<>(), any, any),
                (o, c) -> Collections.checkedMap((Map) c, element(o), value(o)));
        registry.accept(
                Collections.checkedSortedMap(new TreeMap<>(), any, any),
                (o, c) -> Collections.checkedSortedMap((SortedMap) c, element(o), value(o)));
        registry.accept(
                Collections.checkedNavigableMap(new TreeMap<>(), any, any),
                (o, c) -> Collections.checkedNavigableMap((NavigableMap) c, element(o), value(o)));
    }

    private static Class element(Object wrapper) {
        return Peek.classes(wrapper).get(0);
    }

    /**
     * A class that is written twice is described once, and a class is described together with its serializable
     * superclasses: when no other class is described, the values have the type of the keys or of such a superclass.
     */
    private static Class value(Object wrapper) {
        List<Class<?>> types = Peek.classes(wrapper);
        Class<?> key = types.get(0);
        Class<?> above = key.getSuperclass();
        return types.stream()
                .filter(t -> t != key && !t.isAssignableFrom(key))
                .findFirst()
                .orElseGet(() -> {
                    if (above != null && java.io.Serializable.class.isAssignableFrom(above)) {
                        throw new IllegalStateException("cannot tell the value type of a checked map with keys of "
                                + key + "; wrap it after the fork, or leave the wrapper out");
                    }
                    return (Class) key;
                });
    }
}
