package dev.sluice.fork.shape;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Finds how large the table of a hash map was: the size at which its keys, put in iteration order, come out in the same
 * order again. There is no accessor for it, and the order in which a map iterates should not change in a fork.
 */
public final class Capacity {
    private static final int DEFAULT = 16;
    private static final int LARGER = 6;

    private Capacity() {}

    /**
     * @param keys in the order in which the map iterates
     * @param maker makes an empty map with a table of the given size, a power of two
     * @return a size for the maker; the usual one when no size gives that order
     */
    public static int of(List<Object> keys, IntFunction<? extends Map<Object, Object>> maker) {
        int usual = usual(keys.size());
        if (keys.size() < 2 || fits(keys, maker.apply(usual))) {
            return usual;
        }
        for (int larger = 1; larger <= LARGER; larger++) {
            if (usual <= 1 << 29 - larger && fits(keys, maker.apply(usual << larger))) {
                return usual << larger;
            }
        }
        for (int smaller = usual >> 1; smaller > 3 && smaller * 3L / 4 >= keys.size() - 1; smaller >>= 1) {
            if (fits(keys, maker.apply(smaller))) {
                return smaller;
            }
        }
        return usual;
    }

    /** The table that so many entries have when they were put into a new map one by one. */
    static int usual(int entries) {
        int size = DEFAULT;
        while (size < 1 << 30 && size * 3L / 4 < entries) {
            size <<= 1;
        }
        return size;
    }

    private static boolean fits(List<Object> keys, Map<Object, Object> map) {
        for (Object key : keys) {
            map.put(key, Boolean.TRUE);
        }
        Iterator<Object> now = map.keySet().iterator();
        for (Object key : keys) {
            if (!now.hasNext() || now.next() != key) {
                return false;
            }
        }
        return true;
    }
}
