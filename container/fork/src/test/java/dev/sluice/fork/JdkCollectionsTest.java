package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Collections keep class, content and order, and their rebuilt elements are those of the fork. */
class JdkCollectionsTest {
    private static <T> T forked(T root) {
        return Template.of("state", root, ForkOptions.defaults()).fork();
    }

    static Stream<Collection<Object>> bags() {
        return Stream.of(
                new ArrayList<>(),
                new LinkedList<>(),
                new java.util.Vector<>(),
                new java.util.Stack<>(),
                new ArrayDeque<>(),
                new HashSet<>(),
                new LinkedHashSet<>(),
                new TreeSet<>(),
                new PriorityQueue<>(),
                new CopyOnWriteArrayList<>(),
                new CopyOnWriteArraySet<>(),
                new ConcurrentLinkedQueue<>(),
                new ConcurrentLinkedDeque<>(),
                new ConcurrentSkipListSet<>(),
                ConcurrentHashMap.newKeySet(),
                Collections.newSetFromMap(new IdentityHashMap<>()),
                Collections.newSetFromMap(new ConcurrentHashMap<>()),
                Collections.asLifoQueue(new ArrayDeque<>()),
                Collections.synchronizedList(new ArrayList<>()),
                Collections.synchronizedSet(new HashSet<>()),
                Collections.synchronizedNavigableSet(new TreeSet<>()),
                Collections.checkedList(new LinkedList<>(), Object.class),
                Collections.checkedSet(new HashSet<>(), Object.class));
    }

    /** Mutable, comparable, hashed by content. */
    static final class Key implements Comparable<Key> {
        int number;

        Key(int number) {
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }

        @Override
        public int compareTo(Key other) {
            return Integer.compare(number, other.number);
        }
    }

    @ParameterizedTest
    @MethodSource("bags")
    void sharedElements(Collection<Object> bag) {
        bag.addAll(List.of("b", "a", "c", "d"));
        Collection<Object> fork = forked(bag);
        assertThat((Object) fork.getClass()).isEqualTo(bag.getClass());
        if (bag.getClass().getName().contains("SetFromMap")) {
            assertThat(fork).containsExactlyInAnyOrderElementsOf(bag);
        } else {
            assertThat(fork.toArray()).containsExactly(bag.toArray());
        }
        fork.clear();
        assertThat(bag).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("bags")
    void rebuiltElements(Collection<Object> bag) {
        for (int i = 20; i > 0; i--) {
            bag.add(new Key(i * 7));
        }
        Collection<Object> fork = forked(bag);
        assertThat((Object) fork.getClass()).isEqualTo(bag.getClass());
        assertThat(fork).hasSize(20).noneMatch(k -> bag.stream().anyMatch(o -> o == k));
        assertThat(fork).allMatch(fork::contains);
        if (!(bag.getClass().getName().contains("SetFromMap"))) {
            assertThat(fork.toArray()).containsExactly(bag.toArray());
        }
    }

    static Stream<Map<Object, Object>> maps() {
        return Stream.of(
                new HashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(16, 0.75f, true),
                new TreeMap<>(),
                new java.util.Hashtable<>(),
                new java.util.WeakHashMap<>(),
                new ConcurrentHashMap<>(),
                new ConcurrentSkipListMap<>(),
                new Properties(),
                new IdentityHashMap<>(),
                Collections.synchronizedMap(new HashMap<>()),
                Collections.synchronizedSortedMap(new TreeMap<>()),
                Collections.checkedMap(new HashMap<>(), Object.class, Object.class));
    }

    @ParameterizedTest
    @MethodSource("maps")
    void sharedEntries(Map<Object, Object> map) {
        for (String key : List.of("z", "y", "x", "w")) {
            map.put(key, key.length());
        }
        Map<Object, Object> fork = forked(map);
        assertThat((Object) fork.getClass()).isEqualTo(map.getClass());
        assertThat(fork.keySet().toArray()).containsExactly(map.keySet().toArray());
        fork.clear();
        assertThat(map).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("maps")
    void rebuiltKeysAndValues(Map<Object, Object> map) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            keys.add(new Key(i * 3));
            map.put(keys.get(i), new int[] {i});
        }
        Map.Entry<List<Key>, Map<Object, Object>> fork = forked(new AbstractMap.SimpleEntry<>(keys, map));
        for (int i = 0; i < 20; i++) {
            Key key = fork.getKey().get(i);
            assertThat(key).isNotSameAs(keys.get(i));
            assertThat((int[]) fork.getValue().get(key)).containsExactly(i).isNotSameAs(map.get(keys.get(i)));
        }
        assertThat(fork.getValue()).hasSize(20);
    }

    @ParameterizedTest
    @MethodSource("maps")
    void rebuiltValuesUnderSharedKeys(Map<Object, Object> map) {
        for (String key : List.of("z", "y", "x", "w")) {
            map.put(key, new int[] {key.charAt(0)});
        }
        map.put("v", "shared");
        Map<Object, Object> fork = forked(map);
        assertThat(fork.keySet().toArray()).containsExactly(map.keySet().toArray());
        fork.forEach((key, value) -> {
            if (value instanceof int[] numbers) {
                assertThat(numbers).isNotSameAs(map.get(key)).containsExactly(((String) key).charAt(0));
            }
        });
        assertThat(fork.get("v")).isEqualTo("shared");
    }

    @Nested
    class Details {
        @Test
        void accessOrderIsKept() {
            Map<String, int[]> map = new LinkedHashMap<>(16, 0.75f, true);
            map.put("a", new int[1]);
            map.put("b", new int[1]);
            Map<String, int[]> fork = forked(map);
            fork.get("a");
            assertThat(fork.keySet()).containsExactly("b", "a");
            assertThat(map.keySet()).containsExactly("a", "b");
        }

        @Test
        void comparatorWithStateIsRebuiltWithItsMap() {
            int[] comparisons = {0};
            Map<String, int[]> map = new TreeMap<>((a, b) -> {
                comparisons[0]++;
                return b.compareTo(a);
            });
            map.put("a", new int[1]);
            map.put("b", new int[1]);
            Map<String, int[]> fork = forked(map);
            int before = comparisons[0];
            assertThat(fork.get("a")).isNotSameAs(map.get("a"));
            assertThat(fork.keySet()).containsExactly("b", "a");
            fork.get("b");
            assertThat(comparisons[0] - before).isLessThanOrEqualTo(2);
        }

        @Test
        void enumCollections() {
            Map<Thread.State, int[]> map = new EnumMap<>(Thread.State.class);
            map.put(Thread.State.NEW, new int[] {1});
            assertThat(forked(map).get(Thread.State.NEW)).containsExactly(1).isNotSameAs(map.get(Thread.State.NEW));
            Set<Thread.State> set = EnumSet.of(Thread.State.NEW);
            forked(set).add(Thread.State.BLOCKED);
            assertThat(set).hasSize(1);
            assertThat(forked(new EnumMap<>(Thread.State.class))).isEmpty();
        }

        @Test
        void immutableCollectionsOfImmutablesAreShared() {
            List<Object> state = new ArrayList<>(List.of(
                    List.of("a"),
                    List.of("a", "b", "c"),
                    Set.of("a", "b", "c"),
                    Map.of("a", 1),
                    Map.of("a", 1, "b", 2),
                    Collections.unmodifiableList(List.of("a")),
                    Collections.emptyMap(),
                    Collections.singletonList("a"),
                    Collections.nCopies(3, "a"),
                    Map.entry("a", "b")));
            List<Object> fork = forked(state);
            for (int i = 0; i < state.size(); i++) {
                assertThat(fork.get(i)).isSameAs(state.get(i));
            }
        }

        @Test
        void immutableCollectionsOfMutablesAreRebuilt() {
            int[] numbers = {1};
            for (Object shape : List.of(
                    List.of(numbers),
                    List.of(numbers, "a", "b"),
                    Arrays.asList(numbers, null).stream().toList(),
                    Collections.singletonList(numbers),
                    Collections.nCopies(2, numbers),
                    Collections.unmodifiableList(new ArrayList<>(List.of(numbers))),
                    Arrays.asList(numbers, "b"))) {
                List<?> fork = (List<?>) forked(shape);
                assertThat((Object) fork.getClass()).isEqualTo(shape.getClass());
                assertThat((int[]) fork.get(0)).containsExactly(1).isNotSameAs(numbers);
            }
            assertThat(((Map<?, ?>) forked(Map.of("a", numbers))).get("a")).isNotSameAs(numbers);
            assertThat(forked(Set.of(numbers)).iterator().next()).isNotSameAs(numbers);
        }

        @Test
        void wrapperAndWrappedStayConnected() {
            List<String> inside = new ArrayList<>();
            List<List<String>> both = List.of(inside, Collections.unmodifiableList(inside));
            List<List<String>> fork = forked(both);
            fork.get(0).add("x");
            assertThat(fork.get(1)).containsExactly("x");
            assertThat(inside).isEmpty();
        }

        @Test
        void arrayBehindAList() {
            String[] array = {"a", "b"};
            Object[] fork = forked(new Object[] {array, Arrays.asList(array)});
            ((String[]) fork[0])[0] = "changed";
            assertThat(((List<?>) fork[1]).get(0)).isEqualTo("changed");
            assertThat(array[0]).isEqualTo("a");
        }

        @Test
        void propertiesWithDefaults() {
            Properties defaults = new Properties();
            defaults.setProperty("a", "1");
            Properties state = new Properties(defaults);
            Properties fork = forked(state);
            assertThat(fork.getProperty("a")).isEqualTo("1");
            defaults.setProperty("a", "2");
            assertThat(fork.getProperty("a")).isEqualTo("1");
        }

        @Test
        void comparatorsOfTheJdk() {
            List<Comparator<String>> state = new ArrayList<>(List.of(
                    Comparator.naturalOrder(),
                    Comparator.reverseOrder(),
                    Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER),
                    Comparator.nullsLast(Comparator.naturalOrder()),
                    Comparator.comparing(String::length),
                    Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder())));
            assertThat(forked(state)).hasSize(6);
        }
    }
}
