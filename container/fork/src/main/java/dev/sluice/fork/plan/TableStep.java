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
        this.parts = new Object[nodes.size()][];
        this.links = new int[nodes.size()][];
        this.capacities = new int[nodes.size()];
        for (int i = 0; i < parts.length; i++) {
            Node node = nodes.get(i);
            Capacity.Filling filling = Capacity.filling(keys(node), maker);
            capacities[i] = filling.size();
            parts[i] = arranged(GenericStep.constants(node), filling.order());
            links[i] = moved(GenericStep.links(node), filling.order());
        }
    }

    /** The entries in the order in which they are put in. */
    private static Object[] arranged(Object[] entries, int[] order) {
        Object[] arranged = new Object[entries.length];
        for (int i = 0; i < order.length; i++) {
            arranged[2 * i] = entries[2 * order[i]];
            arranged[2 * i + 1] = entries[2 * order[i] + 1];
        }
        return arranged;
    }

    private static int[] moved(int[] links, int[] order) {
        int[] place = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            place[order[i]] = i;
        }
        int[] moved = links.clone();
        for (int i = 0; i < moved.length; i += 2) {
            moved[i] = 2 * place[links[i] / 2] + links[i] % 2;
        }
        return moved;
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
