package dev.sluice.fork;

import java.util.BitSet;

/** Rebuilds objects of one application class by code generated for that class. */
final class CopierStep extends Step {
    private final Copier copier;
    private final Object[] pristine;
    private final int[] links;

    CopierStep(Copier copier, Object[] pristine, int[] links) {
        this.copier = copier;
        this.pristine = pristine;
        this.links = links;
    }

    /** Generated code for the group, or the general way when its class has too many fields. */
    static Step of(Shape shape, Group group, Constants constants) {
        BitSet rebuilt = new BitSet();
        for (Node node : group.nodes()) {
            for (int i = 0; i < node.kids(); i++) {
                if (node.copiedKid(i) != null) {
                    rebuilt.set(i);
                }
            }
        }
        Copier copier = constants.copiers().of(shape, rebuilt, group.mode());
        if (copier == null) {
            return new GenericStep(shape, group);
        }
        int[] links = links(group, rebuilt, constants);
        return new CopierStep(copier, group.pristine(), links);
    }

    private static int[] links(Group group, BitSet rebuilt, Constants constants) {
        if (group.mode() == Group.Mode.ALLOCATE) {
            return group.slots();
        }
        boolean fill = group.mode() == Group.Mode.FILL;
        int[] links = new int[group.size() * (rebuilt.cardinality() + 1)];
        int next = 0;
        for (Node node : group.nodes()) {
            if (fill) {
                links[next++] = node.slot;
            }
            for (int i = rebuilt.nextSetBit(0); i >= 0; i = rebuilt.nextSetBit(i + 1)) {
                links[next++] = constants.slot(node, i);
            }
            if (!fill) {
                links[next++] = node.slot;
            }
        }
        return links;
    }

    @Override
    void run(Object[] slots) {
        copier.copy(pristine, slots, links);
    }
}
