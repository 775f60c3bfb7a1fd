package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Subclasses of the JDK's collections are copied by what the JDK keeps in them, without running what they override. */
class CollectionSubclassesTest {
    private static <T> T fork(T root) {
        return Template.of("state", root, ForkOptions.defaults()).fork();
    }

    static final class Silent extends HashMap<String, int[]> {
        @Override
        public void forEach(BiConsumer<? super String, ? super int[]> action) {}

        @Override
        public Set<Map.Entry<String, int[]>> entrySet() {
            return Set.of();
        }

        @Override
        public int[] put(String key, int[] value) {
            throw new IllegalStateException("put by a fork");
        }

        void add(String key, int[] value) {
            super.put(key, value);
        }
    }

    @Test
    void overriddenMethodsAreNotRun() {
        Silent map = new Silent();
        map.add("a", new int[] {1});
        Silent fork = fork(map);
        assertThat(fork.size()).isEqualTo(1);
        assertThat(fork.get("a")).containsExactly(1).isNotSameAs(map.get("a"));
    }

    static final class Recent extends LinkedHashMap<String, int[]> {
        int asked;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, int[]> eldest) {
            asked++;
            return size() > 3;
        }
    }

    @Test
    void aForkDoesNotAskWhetherToDropTheEldest() {
        Recent recent = new Recent();
        for (String key : List.of("a", "b", "c", "d")) {
            recent.put(key, new int[] {key.charAt(0)});
        }
        recent.get("b");
        Recent fork = fork(recent);
        assertThat(fork.asked).isEqualTo(4);
        assertThat(fork.keySet()).containsExactly("c", "d", "b");
        fork.put("e", new int[1]);
        assertThat(fork.keySet()).containsExactly("d", "b", "e");
        fork.get("d")[0]++;
        assertThat(recent.get("d")).containsExactly('d');
    }

    static final class ById extends TreeMap<Integer, int[]> {
        int direction = -1;

        ById(Comparator<Integer> order) {
            super(order);
        }
    }

    @Test
    void sortedOnesWithAndWithoutState() {
        int[] direction = {-1};
        ById map = new ById((a, b) -> direction[0] * a.compareTo(b));
        map.put(1, new int[] {1});
        map.put(2, new int[] {2});
        ById fork = fork(map);
        assertThat(fork.keySet()).containsExactly(2, 1);
        assertThat(fork.direction).isEqualTo(-1);
        direction[0] = 1;
        fork.put(3, new int[1]);
        assertThat(fork.keySet()).containsExactly(3, 2, 1);
    }

    @Test
    void doubleBraces() {
        int[] value = {1};
        Map<String, int[]> concurrent = new ConcurrentHashMap<>() {
            {
                put("k", value);
            }
        };
        Map<String, int[]> skipList = new ConcurrentSkipListMap<>() {
            {
                put("k", value);
            }
        };
        TreeSet<String> set = new TreeSet<>(Comparator.reverseOrder()) {
            {
                add("a");
                add("b");
            }
        };
        PriorityQueue<String> queue = new PriorityQueue<>(Comparator.reverseOrder()) {
            {
                add("a");
                add("b");
            }
        };
        Properties properties = new Properties() {
            {
                setProperty("k", "v");
            }
        };
        List<Object> fork = fork(new ArrayList<>(List.of(concurrent, skipList, set, queue, properties)));
        assertThat(fork.get(0)).isEqualTo(fork.get(1)).isNotSameAs(concurrent);
        assertThat((TreeSet<?>) fork.get(2)).isEqualTo(set).isNotSameAs(set);
        assertThat(((PriorityQueue<?>) fork.get(3)).poll()).isEqualTo("b");
        assertThat(((Properties) fork.get(4)).getProperty("k")).isEqualTo("v");
        assertThat(queue).hasSize(2);
    }

    @Test
    void setsFromMaps() {
        int[] direction = {-1};
        Set<Integer> sorted =
                Collections.newSetFromMap(new TreeMap<Integer, Boolean>((a, b) -> direction[0] * a.compareTo(b)));
        Collections.addAll(sorted, 1, 2, 3);
        Set<String> recent = Collections.newSetFromMap(new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > 2;
            }
        });
        Collections.addAll(recent, "a", "b", "c");
        List<Set<?>> fork = fork(new ArrayList<>(List.of(sorted, recent)));
        direction[0] = 1;
        @SuppressWarnings("unchecked")
        Set<Object> first = (Set<Object>) fork.get(0);
        first.add(4);
        assertThat(first).containsExactly(4, 3, 2, 1);
        @SuppressWarnings("unchecked")
        Set<Object> second = (Set<Object>) fork.get(1);
        second.add("d");
        assertThat(second).containsExactly("c", "d");
        assertThat(recent).containsExactly("b", "c");
    }

    @Test
    void buffersStayViewsOfTheirArray() {
        byte[] array = {1, 2, 3, 4};
        ByteBuffer whole = ByteBuffer.wrap(array);
        ByteBuffer slice = ByteBuffer.wrap(array, 1, 2).slice();
        ByteBuffer duplicate = whole.duplicate().position(2);
        List<Object> fork = fork(new ArrayList<>(List.of(array, whole, slice, duplicate)));
        ((ByteBuffer) fork.get(2)).put(0, (byte) 9);
        assertThat((byte[]) fork.get(0)).containsExactly(1, 9, 3, 4);
        assertThat(((ByteBuffer) fork.get(1)).get(1)).isEqualTo((byte) 9);
        assertThat(((ByteBuffer) fork.get(3)).position()).isEqualTo(2);
        assertThat(((ByteBuffer) fork.get(3)).get(1)).isEqualTo((byte) 9);
        assertThat(array).containsExactly(1, 2, 3, 4);
    }

    @Test
    void viewsOfSortedSetsAreRefused() {
        TreeSet<String> set = new TreeSet<>(List.of("a", "b", "c"));
        for (Object view : List.of(set.headSet("c"), set.descendingSet(), set.tailSet("b", false))) {
            assertThatThrownBy(() -> fork(new ArrayList<>(List.of(set, view))))
                    .hasMessageContaining("state[1] -> java.util.TreeSet: a view of another set");
        }
    }
}
