package dev.sluice.fork.plan;

import dev.sluice.fork.order.Group;
import dev.sluice.fork.shape.Capacity;
import dev.sluice.fork.walk.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Rebuilds hash maps of any class whose keys are shared, in tables of the same size. */
final class TableStep extends Step {
    private final IntFunction<Map<Object, Object>> maker;
    private final int[] targets;
    private final int[] capacities;
    private final Object[][] parts;
    private final int[][] links;

    TableStep(Group group, IntFunction<Map<Object, Object>> maker) {
        List<Node> nodes = group.nodes();
        this.maker = maker;
        this.targets = group.slots();
        this.parts = nodes.stream().map(GenericStep::constants).toArray(Object[][]::new);
        this.links = nodes.stream().map(GenericStep::links).toArray(int[][]::new);
        this.capacities =
                nodes.stream().mapToInt(n -> Capacity.of(keys(n), maker)).toArray();
    }

    private static List<Object> keys(Node node) {
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < node.parts.length; i += 2) {
            keys.add(node.parts[i]);
        }
        return keys;
    }

    /** Whether a key is rebuilt, by whatever it is hashed. */
    static boolean rebuiltKeys(Node node) {
        for (int i = 0; i < node.kids(); i += 2) {
            if (node.copiedKid(i) != null) {
                return true;
            }
        }
        return false;
    }

    @Override
    void run(Object[] slots) {
        for (int i = 0; i < parts.length; i++) {
            Object[] all = parts[i];
            int[] own = links[i];
            if (own.length > 0) {
                all = all.clone();
                for (int j = 0; j < own.length; j += 2) {
                    all[own[j]] = slots[own[j + 1]];
                }
            }
            Map<Object, Object> map = maker.apply(capacities[i]);
            for (int j = 0; j < all.length; j += 2) {
                map.put(all[j], all[j + 1]);
            }
            slots[targets[i]] = map;
        }
    }
}
