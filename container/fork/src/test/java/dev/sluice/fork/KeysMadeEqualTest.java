package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sluice.fork.report.ForkException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that became equal after they were put in: the fork has both, in their order, or the publish is refused by name. */
class KeysMadeEqualTest {
    static final class Key implements Comparable<Key> {
        int number;

        Key(int number) {
            this.number = number;
        }

        @Override
        public int hashCode() {
            return number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.number == number;
        }

        @Override
        public int compareTo(Key other) {
            return Integer.compare(number, other.number);
        }
    }

    record Kind(String name, Function<List<Key>, Object> maker, boolean kept) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Object map(Map<Object, Object> map, List<Key> keys) {
        keys.forEach(key -> map.put(key, "value of " + key.number));
        return map;
    }

    private static Object bag(Collection<Object> bag, List<Key> keys) {
        bag.addAll(keys);
        return bag;
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind("HashMap", k -> map(new HashMap<>(), k), false),
                new Kind("LinkedHashMap", k -> map(new LinkedHashMap<>(), k), false),
                new Kind("Hashtable", k -> map(new Hashtable<>(), k), false),
                new Kind("WeakHashMap", k -> map(new WeakHashMap<>(), k), false),
                new Kind("ConcurrentHashMap", k -> map(new ConcurrentHashMap<>(), k), false),
                new Kind("subclass of HashMap", k -> map(new HashMap<>() {}, k), false),
                new Kind("HashSet", k -> bag(new HashSet<>(), k), false),
                new Kind("LinkedHashSet", k -> bag(new LinkedHashSet<>(), k), false),
                new Kind("CopyOnWriteArraySet", k -> bag(new CopyOnWriteArraySet<>(), k), false),
                new Kind("newKeySet", k -> bag(ConcurrentHashMap.newKeySet(), k), false),
                new Kind("newSetFromMap", k -> bag(Collections.newSetFromMap(new HashMap<>()), k), false),
                new Kind("Set.of", Set::copyOf, false),
                new Kind("Map.of", k -> Map.of(k.get(0), 0, k.get(1), 1, k.get(2), 2), false),
                new Kind("unmodifiableSet", k -> Collections.unmodifiableSet(new HashSet<>(k)), false),
                new Kind("IdentityHashMap", k -> map(new IdentityHashMap<>(), k), true),
                new Kind("TreeMap", k -> map(new TreeMap<>(), k), true),
                new Kind("TreeSet", k -> bag(new TreeSet<>(), k), true),
                new Kind("subclass of TreeMap", k -> map(new TreeMap<>() {}, k), true),
                new Kind("ConcurrentSkipListMap", k -> map(new ConcurrentSkipListMap<>(), k), false),
                new Kind("ConcurrentSkipListSet", k -> bag(new ConcurrentSkipListSet<>(), k), false),
                new Kind("PriorityQueue", k -> bag(new PriorityQueue<>(), k), true));
    }

    private static int size(Object object) {
        return object instanceof Map<?, ?> map ? map.size() : ((Collection<?>) object).size();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void noneIsLost(Kind kind) {
        List<Key> keys = new ArrayList<>(List.of(new Key(1), new Key(2), new Key(3)));
        Object collection = kind.maker.apply(keys);
        keys.get(0).number = 2;
        List<Object> root = new ArrayList<>(List.of(keys, collection));
        try {
            List<Object> fork =
                    Template.of("state", root, ForkOptions.defaults()).fork();
            assertThat(size(fork.get(1))).isEqualTo(3);
            if (!kind.kept) {
                fail("neither refused nor expected to be right: look whether it is");
            }
        } catch (ForkException refused) {
            assertThat(kind.kept).as(refused.getMessage()).isFalse();
            assertThat(refused.findings().get(0).path()).startsWith("state[1]");
            assertThat(refused.getMessage()).contains("state[1]");
        }
    }
}
