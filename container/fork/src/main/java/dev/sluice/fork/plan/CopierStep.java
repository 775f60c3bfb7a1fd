package dev.sluice.fork.plan;

import dev.sluice.fork.order.Group;
import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.walk.Node;
import java.util.BitSet;

/** Rebuilds objects of one application class by code generated for that class. */
final class CopierStep extends Step {
    private final Copier copier;
    private final Object[] pristine;
    private final int[] links;
    private final int[] targets;

    CopierStep(Copier copier, Object[] pristine, int[] links, int[] targets) {
        this.copier = copier;
        this.pristine = pristine;
        this.links = links;
        this.targets = targets;
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
        boolean allocates = group.mode() == Group.Mode.CREATE || group.mode() == Group.Mode.ALLOCATE;
        Copier copier = constants.copiers().of(shape, rebuilt, allocates ? Group.Mode.CREATE : Group.Mode.FILL);
        if (copier == null) {
            return new GenericStep(shape, group);
        }
        int[] links = links(group, rebuilt, constants);
        return new CopierStep(copier, group.pristine(), links, group.slots());
    }

    private static int[] links(Group group, BitSet rebuilt, Constants constants) {
        int[] links = new int[group.size() * rebuilt.cardinality()];
        int next = 0;
        for (Node node : group.nodes()) {
            for (int i = rebuilt.nextSetBit(0); i >= 0; i = rebuilt.nextSetBit(i + 1)) {
                Node kid = node.copiedKid(i);
                boolean absent = kid != null
                        && (group.mode() == Group.Mode.ALLOCATE
                                || group.absent().contains(kid));
                links[next++] = absent ? 0 : constants.slot(node, i);
            }
        }
        return links;
    }

    @Override
    void run(Object[] slots) {
        copier.copy(pristine, slots, links, targets);
    }
}
