package dev.sluice.fork.plan;

import dev.sluice.fork.order.Group;
import dev.sluice.fork.shape.Capacity;
import dev.sluice.fork.shape.HashMapShape;
import dev.sluice.fork.shape.MapShape;
import dev.sluice.fork.walk.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rebuilds hash maps whose keys are shared: each filled from an array of keys in a table of the same size, so that it
 * iterates in the same order, without reading the pristine map.
 */
final class HashMapStep extends Step {
    private static final int PLAIN = 0;
    private static final int LINKED = 1;
    private static final int ACCESS_ORDERED = 2;

    private final int[] targets;
    private final int[] sizes;
    private final int[] capacities;
    private final byte[] kinds;
    private final Object[] keys;
    /** Shared values; null where a fork has its own. */
    private final Object[] values;
    /** Slots of the values that forks rebuild, 0 for shared ones; empty when all are shared. */
    private final int[] links;

    HashMapStep(Group group) {
        List<Node> nodes = group.nodes();
        this.targets = group.slots();
        this.sizes = nodes.stream().mapToInt(n -> n.parts.length / 2).toArray();
        this.capacities = new int[sizes.length];
        this.kinds = new byte[sizes.length];
        List<Object> allKeys = new ArrayList<>();
        List<Object> allValues = new ArrayList<>();
        List<Integer> slots = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            Node node = nodes.get(i);
            int from = allKeys.size();
            for (int part = 0; part < node.parts.length; part += 2) {
                Node value = node.copiedKid(part + 1);
                allKeys.add(node.parts[part]);
                allValues.add(value == null ? node.parts[part + 1] : null);
                slots.add(value == null ? 0 : value.slot);
            }
            kinds[i] = kind(MapShape.map(node.source));
            capacities[i] = kinds[i] == PLAIN
                    ? Capacity.of(allKeys.subList(from, allKeys.size()), HashMap::new)
                    : HashMapShape.capacity(sizes[i]);
        }
        this.keys = allKeys.toArray();
        this.values = allValues.toArray();
        boolean linked = slots.stream().anyMatch(s -> s != 0);
        this.links = linked ? slots.stream().mapToInt(s -> s).toArray() : new int[0];
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
            HashMap<Object, Object> map = empty(kinds[i], capacities[i]);
            int end = next + sizes[i];
            if (links.length == 0) {
                putShared(map, next, end);
            } else {
                put(map, next, end, slots);
            }
            next = end;
            slots[targets[i]] = map;
        }
    }

    private void putShared(HashMap<Object, Object> map, int from, int to) {
        for (int i = from; i < to; i++) {
            map.put(keys[i], values[i]);
        }
    }

    private void put(HashMap<Object, Object> map, int from, int to, Object[] slots) {
        for (int i = from; i < to; i++) {
            int link = links[i];
            map.put(keys[i], link == 0 ? values[i] : slots[link]);
        }
    }

    private static HashMap<Object, Object> empty(int kind, int capacity) {
        return kind == PLAIN ? new HashMap<>(capacity) : new LinkedHashMap<>(capacity, 0.75f, kind == ACCESS_ORDERED);
    }
}
