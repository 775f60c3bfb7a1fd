package dev.sluice.fork;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rebuilds hash maps whose keys are shared: each filled from an array of keys, without reading the pristine map. */
final class HashMapStep extends Step {
    private static final int PLAIN = 0;
    private static final int LINKED = 1;
    private static final int ACCESS_ORDERED = 2;

    private final int first;
    private final int[] sizes;
    private final byte[] kinds;
    private final Object[] keys;
    private final int[] values;

    HashMapStep(Group group, Constants constants) {
        List<Node> nodes = group.nodes();
        this.first = nodes.get(0).slot;
        this.sizes = nodes.stream().mapToInt(n -> n.parts.length / 2).toArray();
        this.kinds = new byte[sizes.length];
        int total = 0;
        for (int size : sizes) {
            total += size;
        }
        this.keys = new Object[total];
        this.values = new int[total];
        int next = 0;
        for (int i = 0; i < sizes.length; i++) {
            Node node = nodes.get(i);
            kinds[i] = kind(MapShape.map(node.source));
            for (int part = 0; part < node.parts.length; part += 2) {
                keys[next] = node.parts[part];
                values[next++] = constants.slot(node, part + 1);
            }
        }
    }

    private static byte kind(Map<Object, Object> map) {
        if (!(map instanceof LinkedHashMap<?, ?>)) {
            return PLAIN;
        }
        return (byte) (HashMapShape.accessOrdered(map) ? ACCESS_ORDERED : LINKED);
    }

    @Override
    void run(Object[] slots) {
        int next = 0;
        for (int i = 0; i < sizes.length; i++) {
            int size = sizes[i];
            HashMap<Object, Object> map = empty(kinds[i], HashMapShape.capacity(size));
            for (int end = next + size; next < end; next++) {
                map.put(keys[next], slots[values[next]]);
            }
            slots[first + i] = map;
        }
    }

    private static HashMap<Object, Object> empty(int kind, int capacity) {
        return kind == PLAIN ? new HashMap<>(capacity) : new LinkedHashMap<>(capacity, 0.75f, kind == ACCESS_ORDERED);
    }
}
