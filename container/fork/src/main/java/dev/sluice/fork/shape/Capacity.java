package dev.sluice.fork.shape;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds how large the table of a hash map was: the size at which its keys, put in iteration order, come out in the same
 * order again. There is no accessor for it, and the order in which a map iterates should not change in a fork.
 */
public final class Capacity {
    private static final int DEFAULT = 16;
    private static final int LARGER = 6;
    /** How many keys may stand at the begin of a table because its end was full. */
    private static final int MOST_MOVED = 16;

    private Capacity() {}

    /**
     * @param keys in the order in which the map iterates
     * @param maker makes an empty map with a table of the given size, a power of two
     * @return a size for the maker; the usual one when no size gives that order
     */
    public static int of(List<Object> keys, IntFunction<? extends Map<Object, Object>> maker) {
        int found = find(keys, keys, maker);
        return found > 0 ? found : usual(keys.size());
    }

    /**
     * A size of a table, and the order in which keys have to be put into it.
     *
     * @param order indexes of the keys
     */
    public record Filling(int size, int[] order) {}

    /**
     * The same for any table, where keys that want the same place do not just queue up: some maps put the last one first, some put those
     * that find no place at the end of the table at its begin.
     */
    public static Filling filling(List<Object> keys, IntFunction<? extends Map<Object, Object>> maker) {
        for (int[] order : orders(keys.size())) {
            List<Object> arranged = Arrays.stream(order).mapToObj(keys::get).toList();
            int found = find(keys, arranged, maker);
            if (found > 0) {
                return new Filling(found, order);
            }
        }
        return new Filling(usual(keys.size()), order(keys.size(), i -> i));
    }

    /** As they are, backwards, and beginning with another one. */
    private static Iterable<int[]> orders(int size) {
        Stream<int[]> straight = Stream.of(order(size, i -> i), order(size, i -> size - 1 - i));
        Stream<int[]> moved = IntStream.range(1, Math.max(1, Math.min(size, MOST_MOVED)))
                .mapToObj(first -> order(size, i -> (i + first) % size));
        return Stream.concat(straight, moved)::iterator;
    }

    private static int[] order(int size, IntUnaryOperator place) {
        return IntStream.range(0, size).map(place).toArray();
    }

    /** The size at which arranged keys come out in the wanted order, or -1. */
    private static int find(
            List<Object> wanted, List<Object> arranged, IntFunction<? extends Map<Object, Object>> maker) {
        int usual = usual(wanted.size());
        if (wanted.size() < 2 || fits(wanted, arranged, maker.apply(usual))) {
            return usual;
        }
        for (int larger = 1; larger <= LARGER; larger++) {
            if (usual <= 1 << 29 - larger && fits(wanted, arranged, maker.apply(usual << larger))) {
                return usual << larger;
            }
        }
        for (int smaller = usual >> 1; smaller > 3 && smaller * 3L / 4 >= wanted.size() - 1; smaller >>= 1) {
            if (fits(wanted, arranged, maker.apply(smaller))) {
                return smaller;
            }
        }
        return -1;
    }

    /** The table that so many entries have when they were put into a new map one by one. */
    static int usual(int entries) {
        int size = DEFAULT;
        while (size < 1 << 30 && size * 3L / 4 < entries) {
            size <<= 1;
        }
        return size;
    }

    private static boolean fits(List<Object> wanted, List<Object> arranged, Map<Object, Object> map) {
        for (Object key : arranged) {
            map.put(key, Boolean.TRUE);
        }
        Iterator<Object> now = map.keySet().iterator();
        for (Object key : wanted) {
            if (!now.hasNext() || now.next() != key) {
                return false;
            }
        }
        return true;
    }
}
