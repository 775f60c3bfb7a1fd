package dev.sluice.fork.jdk;

import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.shape.Verdict;
import dev.sluice.fork.shape.WholeShape;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The collections that {@code Collections}, {@code List.of} and the like hand out, of classes that are not public. Each is
 * known by an instance of it, taken apart through its public API or {@link Peek}, and made again by the same factory.
 */
@SuppressWarnings({"unchecked", "rawtypes"})
final class JdkWrappers {
    private static final Object[] NONE = {};

    private final BiConsumer<Class<?>, Function<Object, Verdict>> registry;

    private JdkWrappers(BiConsumer<Class<?>, Function<Object, Verdict>> registry) {
        this.registry = registry;
    }

    static void register(BiConsumer<Class<?>, Function<Object, Verdict>> registry) {
        JdkWrappers wrappers = new JdkWrappers(registry);
        wrappers.immutableCollections();
        wrappers.singletons();
        wrappers.unmodifiable();
        wrappers.synchronizedOnes();
        wrappers.checked();
        wrappers.sequenced();
        wrappers.views();
        wrappers.comparators();
    }

    private void whole(Object sample, Function<Object, Object[]> parts, BiFunction<Object, Object[], Object> maker) {
        Shape shape = new WholeShape(sample.getClass(), false, 24, parts, maker);
        registry.accept(shape.type, object -> shape);
    }

    private void hashing(Object sample, Function<Object, Object[]> parts, BiFunction<Object, Object[], Object> maker) {
        Shape shape = new WholeShape(sample.getClass(), false, 24, Shape.Look.HASH, parts, maker);
        registry.accept(shape.type, object -> shape);
    }

    /** A wrapper around the first object that it refers to. */
    private void wrapper(Object sample, Function<Object, Object> wrap) {
        whole(sample, o -> new Object[] {Peek.references(o).get(0)}, (pristine, parts) -> wrap.apply(parts[0]));
    }

    private static Object[] elements(Object collection) {
        return ((Collection<?>) collection).toArray();
    }

    private static Object[] entries(Object map) {
        return ((Map<?, ?>) map)
                .entrySet().stream()
                        .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                        .toArray();
    }

    private static Map<?, ?> mapOf(Object[] parts) {
        Map.Entry[] entries = new Map.Entry[parts.length / 2];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = Map.entry(parts[2 * i], parts[2 * i + 1]);
        }
        return Map.ofEntries(entries);
    }

    private static List<?> listOf(Object pristine, Object[] parts) {
        return rejectsNull((List<?>) pristine)
                ? List.of(parts)
                : Arrays.stream(parts).toList();
    }

    /** {@code List.of} and {@code Stream.toList} share a class and differ in whether null may be asked for. */
    private static boolean rejectsNull(List<?> list) {
        try {
            return list.indexOf(null) == Integer.MIN_VALUE;
        } catch (NullPointerException rejected) {
            return true;
        }
    }

    private void immutableCollections() {
        for (Object list :
                List.of(List.of(1), List.of(1, 2, 3), List.of(1, 2, 3).subList(0, 2))) {
            whole(list, JdkWrappers::elements, JdkWrappers::listOf);
        }
        for (Object set : List.of(Set.of(1), Set.of(1, 2, 3))) {
            hashing(set, JdkWrappers::elements, (pristine, parts) -> Set.of(parts));
        }
        for (Object map : List.of(Map.of(1, 1), Map.of(1, 1, 2, 2))) {
            hashing(map, JdkWrappers::entries, (pristine, parts) -> mapOf(parts));
        }
        whole(Map.entry(1, 1), JdkTypes::entry, (pristine, parts) -> Map.entry(parts[0], parts[1]));
    }

    private void singletons() {
        whole(Collections.emptyList(), o -> NONE, (pristine, parts) -> pristine);
        whole(Collections.emptySet(), o -> NONE, (pristine, parts) -> pristine);
        whole(Collections.emptyMap(), o -> NONE, (pristine, parts) -> pristine);
        whole(Collections.emptySortedSet(), o -> NONE, (pristine, parts) -> pristine);
        whole(Collections.emptySortedMap(), o -> NONE, (pristine, parts) -> pristine);
        whole(Collections.singleton(1), JdkWrappers::elements, (pristine, parts) -> Collections.singleton(parts[0]));
        whole(
                Collections.singletonList(1),
                JdkWrappers::elements,
                (pristine, parts) -> Collections.singletonList(parts[0]));
        whole(
                Collections.singletonMap(1, 1),
                JdkWrappers::entries,
                (pristine, parts) -> Collections.singletonMap(parts[0], parts[1]));
        whole(
                Collections.nCopies(2, 1),
                o -> ((List<?>) o).isEmpty() ? NONE : new Object[] {((List<?>) o).get(0)},
                (pristine, parts) ->
                        parts.length == 0 ? pristine : Collections.nCopies(((List<?>) pristine).size(), parts[0]));
    }

    private void unmodifiable() {
        wrapper(
                Collections.unmodifiableCollection(new ArrayList<>()),
                c -> Collections.unmodifiableCollection((Collection) c));
        wrapper(Collections.unmodifiableList(new ArrayList<>()), c -> Collections.unmodifiableList((List) c));
        wrapper(Collections.unmodifiableList(new LinkedList<>()), c -> Collections.unmodifiableList((List) c));
        wrapper(Collections.unmodifiableSet(new HashSet<>()), c -> Collections.unmodifiableSet((Set) c));
        wrapper(
                Collections.unmodifiableSortedSet(new TreeSet<>()),
                c -> Collections.unmodifiableSortedSet((TreeSet) c));
        wrapper(
                Collections.unmodifiableNavigableSet(new TreeSet<>()),
                c -> Collections.unmodifiableNavigableSet((java.util.NavigableSet) c));
        wrapper(Collections.unmodifiableMap(new HashMap<>()), c -> Collections.unmodifiableMap((Map) c));
        wrapper(
                Collections.unmodifiableSortedMap(new TreeMap<>()),
                c -> Collections.unmodifiableSortedMap((java.util.SortedMap) c));
        wrapper(
                Collections.unmodifiableNavigableMap(new TreeMap<>()),
                c -> Collections.unmodifiableNavigableMap((java.util.NavigableMap) c));
    }

    private void synchronizedOnes() {
        wrapper(
                Collections.synchronizedCollection(new ArrayList<>()),
                c -> Collections.synchronizedCollection((Collection) c));
        wrapper(Collections.synchronizedList(new ArrayList<>()), c -> Collections.synchronizedList((List) c));
        wrapper(Collections.synchronizedList(new LinkedList<>()), c -> Collections.synchronizedList((List) c));
        wrapper(Collections.synchronizedSet(new HashSet<>()), c -> Collections.synchronizedSet((Set) c));
        wrapper(
                Collections.synchronizedSortedSet(new TreeSet<>()),
                c -> Collections.synchronizedSortedSet((java.util.SortedSet) c));
        wrapper(
                Collections.synchronizedNavigableSet(new TreeSet<>()),
                c -> Collections.synchronizedNavigableSet((java.util.NavigableSet) c));
        wrapper(Collections.synchronizedMap(new HashMap<>()), c -> Collections.synchronizedMap((Map) c));
        wrapper(
                Collections.synchronizedSortedMap(new TreeMap<>()),
                c -> Collections.synchronizedSortedMap((java.util.SortedMap) c));
        wrapper(
                Collections.synchronizedNavigableMap(new TreeMap<>()),
                c -> Collections.synchronizedNavigableMap((java.util.NavigableMap) c));
    }

    private void checked() {
        CheckedTypes.register((sample, maker) ->
                whole(sample, o -> new Object[] {Peek.references(o).get(0)}, (o, parts) -> maker.apply(o, parts[0])));
    }

    /** {@code Collections.unmodifiableSequenced...} came with JDK 21. */
    private void sequenced() {
        NewerJdk.wrapper(
                "unmodifiableSequencedCollection", "java.util.SequencedCollection", new ArrayList<>(), this::wrapper);
        NewerJdk.wrapper(
                "unmodifiableSequencedSet", "java.util.SequencedSet", new java.util.LinkedHashSet<>(), this::wrapper);
        NewerJdk.wrapper(
                "unmodifiableSequencedMap", "java.util.SequencedMap", new java.util.LinkedHashMap<>(), this::wrapper);
    }

    private void views() {
        wrapper(Arrays.asList(1, 2), array -> Arrays.asList((Object[]) array));
        wrapper(Collections.asLifoQueue(new ArrayDeque<>()), queue -> Collections.asLifoQueue((java.util.Deque) queue));
        whole(
                ConcurrentHashMap.newKeySet(),
                o -> {
                    ConcurrentHashMap.KeySetView<?, ?> view = (ConcurrentHashMap.KeySetView<?, ?>) o;
                    return new Object[] {view.getMap(), view.getMappedValue()};
                },
                (pristine, parts) -> keySet((ConcurrentHashMap) parts[0], parts[1]));
    }

    private static Object keySet(ConcurrentHashMap map, @Nullable Object mapped) {
        return mapped == null ? map.keySet() : map.keySet(mapped);
    }

    private void comparators() {
        wrapper(
                Collections.reverseOrder(Comparator.comparing(Object::toString)),
                c -> Collections.reverseOrder((Comparator) c));
        whole(
                Comparator.nullsFirst(Comparator.comparing(Object::toString)),
                o -> Peek.references(o).toArray(),
                (pristine, parts) -> {
                    Comparator real = parts.length == 0 ? null : (Comparator) parts[0];
                    boolean first = ((Comparator) pristine).compare(null, "") < 0;
                    return first ? Comparator.nullsFirst(real) : Comparator.nullsLast(real);
                });
        whole(
                new AbstractMap.SimpleImmutableEntry<>(1, 1),
                JdkTypes::entry,
                (o, parts) -> new AbstractMap.SimpleImmutableEntry<>(parts[0], parts[1]));
    }
}
