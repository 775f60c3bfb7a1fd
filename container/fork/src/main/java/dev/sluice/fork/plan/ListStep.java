package dev.sluice.fork.plan;

import dev.sluice.fork.order.Group;
import dev.sluice.fork.walk.Node;
import java.util.ArrayList;
import java.util.List;

/** Rebuilds array lists: cloned when most elements are shared, added one by one when all are rebuilt. */
final class ListStep extends Step {
    private final ArrayList<?>[] pristine;
    private final int[] targets;
    /** For each list the slots of all its elements; or the number of pairs, then pairs of index and slot. */
    private final int[] links;

    private final boolean whole;

    ListStep(Group group) {
        List<Node> nodes = group.nodes();
        this.pristine = nodes.stream().map(n -> (ArrayList<?>) n.source).toArray(ArrayList<?>[]::new);
        this.targets = group.slots();
        this.whole = nodes.stream().allMatch(n -> GenericStep.links(n).length == 2 * n.parts.length);
        this.links = whole ? slots(nodes) : pairs(nodes);
    }

    static int[] slots(List<Node> nodes) {
        int[] slots = new int[nodes.stream().mapToInt(n -> n.parts.length).sum()];
        int next = 0;
        for (Node node : nodes) {
            int[] pairs = GenericStep.links(node);
            for (int i = 1; i < pairs.length; i += 2) {
                slots[next++] = pairs[i];
            }
        }
        return slots;
    }

    static int[] pairs(List<Node> nodes) {
        int[][] each = nodes.stream().map(GenericStep::links).toArray(int[][]::new);
        int length = 0;
        for (int[] one : each) {
            length += 1 + one.length;
        }
        int[] pairs = new int[length];
        int next = 0;
        for (int[] one : each) {
            pairs[next++] = one.length / 2;
            System.arraycopy(one, 0, pairs, next, one.length);
            next += one.length;
        }
        return pairs;
    }

    @Override
    void run(Object[] slots) {
        if (whole) {
            addAll(slots);
        } else {
            replace(slots);
        }
    }

    private void addAll(Object[] slots) {
        int link = 0;
        for (int i = 0; i < pristine.length; i++) {
            int size = pristine[i].size();
            ArrayList<Object> list = new ArrayList<>(size);
            for (int end = link + size; link < end; link++) {
                list.add(slots[links[link]]);
            }
            slots[targets[i]] = list;
        }
    }

    @SuppressWarnings("unchecked")
    private void replace(Object[] slots) {
        int link = 0;
        for (int i = 0; i < pristine.length; i++) {
            ArrayList<Object> list = (ArrayList<Object>) pristine[i].clone();
            for (int count = links[link++]; count > 0; count--) {
                list.set(links[link], slots[links[link + 1]]);
                link += 2;
            }
            slots[targets[i]] = list;
        }
    }
}
