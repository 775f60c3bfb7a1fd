package dev.sluice.fork.shape;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Copies of collections all of whose elements (and whose comparator) are shared: sorted ones without comparing. */
final class Whole {
    private static final Map<Class<?>, UnaryOperator<Object>> COPIERS = Map.ofEntries(
            Map.entry(LinkedList.class, o -> ((LinkedList<?>) o).clone()),
            Map.entry(Vector.class, o -> ((Vector<?>) o).clone()),
            Map.entry(ArrayDeque.class, o -> ((ArrayDeque<?>) o).clone()),
            Map.entry(LinkedHashSet.class, o -> new LinkedHashSet<>((LinkedHashSet<?>) o)),
            Map.entry(TreeSet.class, o -> ((TreeSet<?>) o).clone()),
            Map.entry(TreeMap.class, o -> ((TreeMap<?, ?>) o).clone()),
            Map.entry(PriorityQueue.class, o -> new PriorityQueue<>((PriorityQueue<?>) o)),
            Map.entry(ConcurrentSkipListMap.class, o -> ((ConcurrentSkipListMap<?, ?>) o).clone()),
            Map.entry(ConcurrentSkipListSet.class, o -> ((ConcurrentSkipListSet<?>) o).clone()),
            Map.entry(CopyOnWriteArrayList.class, o -> new CopyOnWriteArrayList<>((CopyOnWriteArrayList<?>) o)));

    private Whole() {}

    /** How to copy a collection of exactly this class, or null when it has to be filled element by element. */
    static @Nullable UnaryOperator<Object> of(Class<?> type) {
        return COPIERS.get(type);
    }
}
