package dev.sluice.fork.jdk;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.shape.BagShape;
import dev.sluice.fork.shape.CellShape;
import dev.sluice.fork.shape.ClassOrigin;
import dev.sluice.fork.shape.HashMapShape;
import dev.sluice.fork.shape.HashSetShape;
import dev.sluice.fork.shape.ListShape;
import dev.sluice.fork.shape.MapShape;
import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.shape.SortedParts;
import dev.sluice.fork.shape.TableShape;
import dev.sluice.fork.shape.Verdict;
import dev.sluice.fork.shape.WholeShape;
import java.util.AbstractCollection;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractQueue;
import java.util.AbstractSequentialList;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is known about the classes of the JDK, class by class. */
public final class JdkTypes {
    /** Superclasses that hold nothing a copy needs: their fields are caches and counters that start anew. */
    private static final Set<Class<?>> STATELESS = Set.of(
            Object.class,
            Number.class,
            AbstractCollection.class,
            AbstractList.class,
            AbstractSequentialList.class,
            AbstractSet.class,
            AbstractQueue.class,
            AbstractMap.class);

    private static final Map<Class<?>, Function<Object, Verdict>> TABLE = new HashMap<>();

    static {
        lists();
        sets();
        maps();
        JdkWrappers.register(JdkTypes::put);
        JdkValues.register(JdkTypes::put);
    }

    private JdkTypes() {}

    /** The verdict on objects of exactly this class, or null when nothing is known about it. */
    public static @Nullable Function<Object, Verdict> exact(Class<?> type) {
        Function<Object, Verdict> known = TABLE.get(type);
        return known != null || !ClassOrigin.inJdk(type) ? known : JdkValues.byFamily(type);
    }

    /** Whether an application class that extends this class can be copied by its own fields alone. */
    public static boolean stateless(@Nullable Class<?> type) {
        return type == null || STATELESS.contains(type);
    }

    private static void put(Class<?> type, Function<Object, Verdict> verdict) {
        TABLE.put(type, verdict);
    }

    private static void put(Shape shape) {
        TABLE.put(shape.type, object -> shape);
    }

    private static void lists() {
        put(new ListShape());
        list(java.util.LinkedList.class, 24, c -> new java.util.LinkedList<>());
        list(java.util.Vector.class, 4, c -> new java.util.Vector<>(c.size()));
        list(java.util.Stack.class, 4, c -> new java.util.Stack<>());
        list(java.util.ArrayDeque.class, 5, c -> new java.util.ArrayDeque<>(c.size()));
        list(
                java.util.concurrent.CopyOnWriteArrayList.class,
                4,
                c -> new java.util.concurrent.CopyOnWriteArrayList<>());
        list(
                java.util.concurrent.ConcurrentLinkedQueue.class,
                24,
                c -> new java.util.concurrent.ConcurrentLinkedQueue<>());
        list(
                java.util.concurrent.ConcurrentLinkedDeque.class,
                24,
                c -> new java.util.concurrent.ConcurrentLinkedDeque<>());
        put(new BagShape(
                java.util.PriorityQueue.class,
                true,
                4,
                o -> ((java.util.PriorityQueue<?>) o).comparator(),
                (c, comparator) ->
                        new java.util.PriorityQueue<>(Math.max(1, c.size()), SortedParts.comparator(comparator))));
    }

    private static void list(Class<?> type, int perElement, Function<Collection<Object>, Object> empty) {
        put(new BagShape(type, false, perElement, null, (c, none) -> empty.apply(c)));
    }

    private static void sets() {
        put(new HashSetShape());
        put(new BagShape(
                java.util.LinkedHashSet.class,
                true,
                48,
                null,
                (c, none) -> new java.util.LinkedHashSet<>(HashMapShape.capacity(c.size()))));
        ownSet(new BagShape(
                java.util.TreeSet.class,
                true,
                40,
                o -> ((java.util.TreeSet<?>) o).comparator(),
                (c, comparator) -> new java.util.TreeSet<>(SortedParts.comparator(comparator))));
        ownSet(new BagShape(
                java.util.concurrent.ConcurrentSkipListSet.class,
                true,
                40,
                o -> ((java.util.concurrent.ConcurrentSkipListSet<?>) o).comparator(),
                (c, comparator) ->
                        new java.util.concurrent.ConcurrentSkipListSet<>(SortedParts.comparator(comparator))));
        put(new BagShape(
                java.util.concurrent.CopyOnWriteArraySet.class,
                true,
                4,
                null,
                (c, none) -> new java.util.concurrent.CopyOnWriteArraySet<>()));
    }

    /**
     * Subsets and descending sets have the same class but are views of another set. A set of its own hands out the
     * spliterator of a whole map.
     */
    private static void ownSet(Shape shape) {
        Verdict view = new Verdict.Refused(
                Finding.Kind.FORBIDDEN,
                "a view of another set: a copy would be independent of that",
                "keep the set itself and make the view when it is needed, or copy it: new " + shape.type.getSimpleName()
                        + "<>(view)");
        put(shape.type, object -> object instanceof java.util.SortedSet<?> set && !ownSet(set) ? view : shape);
    }

    private static boolean ownSet(java.util.SortedSet<?> set) {
        Class<?> spliterator = set.spliterator().getClass();
        return spliterator.getSimpleName().equals("KeySpliterator");
    }

    private static void maps() {
        put(new HashMapShape(HashMap.class));
        put(new HashMapShape(java.util.LinkedHashMap.class));
        // The arguments give tables of the wanted size (and of 11, 23, 47 ... for Hashtable, which starts there).
        put(new TableShape(
                java.util.Hashtable.class, Shape.Look.HASH, 32, t -> new java.util.Hashtable<>(t / 4 * 3 - 1)));
        put(new TableShape(java.util.WeakHashMap.class, Shape.Look.HASH, 48, java.util.WeakHashMap::new));
        put(new TableShape(
                java.util.concurrent.ConcurrentHashMap.class,
                Shape.Look.HASH,
                40,
                t -> new java.util.concurrent.ConcurrentHashMap<>(t / 2)));
        put(new TableShape(
                java.util.IdentityHashMap.class, Shape.Look.NOTHING, 16, t -> new java.util.IdentityHashMap<>(t / 2)));
        map(java.util.EnumMap.class, Shape.Look.NOTHING, 4, JdkTypes::emptyEnumMap);
        sorted(java.util.TreeMap.class, o -> ((java.util.TreeMap<?, ?>) o).comparator(), java.util.TreeMap::new);
        sorted(
                java.util.concurrent.ConcurrentSkipListMap.class,
                o -> ((java.util.concurrent.ConcurrentSkipListMap<?, ?>) o).comparator(),
                java.util.concurrent.ConcurrentSkipListMap::new);
        put(new MapShape(
                Properties.class,
                Shape.Look.HASH,
                32,
                JdkTypes::defaults,
                (m, defaults) -> new Properties((Properties) defaults)));
        put(new WholeShape(
                AbstractMap.SimpleEntry.class,
                true,
                16,
                JdkTypes::entry,
                (pristine, parts) -> new AbstractMap.SimpleEntry<>(parts[0], parts[1])));
        put(new WholeShape(
                AbstractMap.SimpleImmutableEntry.class,
                false,
                16,
                JdkTypes::entry,
                (pristine, parts) -> new AbstractMap.SimpleImmutableEntry<>(parts[0], parts[1])));
    }

    private static void map(
            Class<?> type, Shape.Look looks, int perEntry, Function<Map<Object, Object>, Object> empty) {
        put(new MapShape(type, looks, perEntry, null, (m, none) -> empty.apply(m)));
    }

    private static void sorted(
            Class<?> type,
            Function<Object, @Nullable Object> header,
            Function<@Nullable Comparator<Object>, Object> maker) {
        BiFunction<Map<Object, Object>, @Nullable Object, Object> empty =
                (m, comparator) -> maker.apply(SortedParts.comparator(comparator));
        put(new MapShape(type, Shape.Look.COMPARE, 40, header, empty));
    }

    static Object[] entry(Object object) {
        Map.Entry<?, ?> entry = (Map.Entry<?, ?>) object;
        return new Object[] {entry.getKey(), entry.getValue()};
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object emptyEnumMap(Map<Object, Object> map) {
        java.util.EnumMap copy = new java.util.EnumMap((java.util.EnumMap) (Map) map);
        copy.clear();
        return copy;
    }

    private static @Nullable Object defaults(Object properties) {
        return Peek.references(properties).stream()
                .filter(Properties.class::isInstance)
                .findFirst()
                .orElse(null);
    }

    /** A holder of references that has a method to read and one to set each of them. */
    static CellShape cell(
            Class<?> type,
            Function<Object, Object[]> parts,
            Function<Object, Object> empty,
            BiConsumer<Object, Object[]> filler) {
        return new CellShape(type, parts, empty, filler);
    }
}
