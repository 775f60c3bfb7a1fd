package dev.sluice.fork;

import java.util.List;

/** Rebuilds objects of any shape by the shape's own methods, part by part. */
final class GenericStep extends Step {
    private final Shape shape;
    private final Group.Mode mode;
    private final int[] targets;
    private final Object[] pristine;
    private final Object[][] parts;
    /** For each object pairs of part and slot. */
    private final int[][] links;

    GenericStep(Shape shape, Group group) {
        this.shape = shape;
        this.mode = group.mode();
        this.targets = group.slots();
        this.pristine = group.pristine();
        List<Node> nodes = group.nodes();
        this.parts = new Object[nodes.size()][];
        this.links = new int[nodes.size()][];
        for (int i = 0; i < parts.length; i++) {
            links[i] = links(nodes.get(i));
            parts[i] = constants(nodes.get(i));
        }
    }

    static int[] links(Node node) {
        int count = 0;
        for (int i = 0; i < node.kids(); i++) {
            count += node.copiedKid(i) == null ? 0 : 1;
        }
        int[] links = new int[2 * count];
        int next = 0;
        for (int i = 0; i < node.kids(); i++) {
            Node kid = node.copiedKid(i);
            if (kid != null) {
                links[next++] = i;
                links[next++] = kid.slot;
            }
        }
        return links;
    }

    /** The parts that all forks share; null where a fork puts its own. */
    static Object[] constants(Node node) {
        Object[] constants = JdkTypes.copyOf(node.parts);
        for (int i = 0; i < node.kids(); i++) {
            if (node.copiedKid(i) != null) {
                constants[i] = null;
            }
        }
        return constants;
    }

    @Override
    void run(Object[] slots) {
        for (int i = 0; i < pristine.length; i++) {
            Object[] all = parts[i];
            int[] own = links[i];
            if (own.length > 0 && mode != Group.Mode.ALLOCATE) {
                all = all.clone();
                for (int j = 0; j < own.length; j += 2) {
                    all[own[j]] = slots[own[j + 1]];
                }
            }
            switch (mode) {
                case CREATE -> slots[targets[i]] = shape.create(pristine[i], all);
                case ALLOCATE -> slots[targets[i]] = shape.allocate(pristine[i], all);
                case FILL -> shape.fill(slots[targets[i]], pristine[i], all);
            }
        }
    }
}
