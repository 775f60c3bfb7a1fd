package dev.sluice.fork.shape;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

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
        int[] forward = IntStream.range(0, keys.size()).toArray();
        int found = find(keys, keys, maker);
        if (found > 0) {
            return new Filling(found, forward);
        }
        List<Object> arranged = new ArrayList<>(keys);
        Collections.reverse(arranged);
        found = find(keys, arranged, maker);
        if (found > 0) {
            return new Filling(
                    found,
                    IntStream.range(0, keys.size())
                            .map(i -> keys.size() - 1 - i)
                            .toArray());
        }
        Collections.reverse(arranged);
        for (int first = 1; first < Math.min(keys.size(), MOST_MOVED); first++) {
            Collections.rotate(arranged, -1);
            found = find(keys, arranged, maker);
            if (found > 0) {
                int from = first;
                return new Filling(
                        found,
                        IntStream.range(0, keys.size())
                                .map(i -> (i + from) % keys.size())
                                .toArray());
            }
        }
        return new Filling(usual(keys.size()), forward);
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
