package dev.sluice.fork.shape;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@link HashMap} and {@link LinkedHashMap}, the latter with its kind of order. */
public final class HashMapShape extends MapShape {
    public HashMapShape(Class<?> type) {
        super(
                type,
                Look.HASH,
                type == HashMap.class ? 38 : 46,
                null,
                (map, none) -> type == HashMap.class
                        ? new HashMap<>(capacity(map.size()))
                        : new LinkedHashMap<>(capacity(map.size()), 0.75f, accessOrdered(map)));
    }

    /** The initial capacity at which this many entries do not make the table grow. */
    public static int capacity(int entries) {
        return entries < 12 ? 16 : (int) Math.min(Integer.MAX_VALUE, entries * 4L / 3 + 1);
    }

    /** Whether a read moves the entry to the end: tried on a clone, as there is no accessor. */
    public static boolean accessOrdered(Map<Object, Object> map) {
        if (!(map instanceof LinkedHashMap<?, ?> linked)) {
            return false;
        }
        @SuppressWarnings("unchecked")
        LinkedHashMap<Object, Object> clone = (LinkedHashMap<Object, Object>) linked.clone();
        clone.clear();
        clone.put(1, 1);
        clone.put(2, 2);
        clone.get(1);
        return clone.keySet().iterator().next().equals(2);
    }
}
