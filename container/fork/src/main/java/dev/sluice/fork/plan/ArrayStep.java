package dev.sluice.fork.plan;

import dev.sluice.fork.order.Group;

/** Rebuilds arrays of references: cloned, then the rebuilt elements replaced. */
final class ArrayStep extends Step {
    private final Object[][] pristine;
    private final int[] targets;
    /** For each array the number of pairs, then pairs of index and slot. */
    private final int[] links;

    ArrayStep(Group group) {
        this.pristine = group.nodes().stream().map(n -> (Object[]) n.source).toArray(Object[][]::new);
        this.targets = group.slots();
        this.links = ListStep.pairs(group.nodes());
    }

    @Override
    void run(Object[] slots) {
        int link = 0;
        for (int i = 0; i < pristine.length; i++) {
            Object[] array = pristine[i].clone();
            for (int count = links[link++]; count > 0; count--) {
                array[links[link]] = slots[links[link + 1]];
                link += 2;
            }
            slots[targets[i]] = array;
        }
    }
}
