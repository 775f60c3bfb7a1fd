package dev.sluice.fork.plan;

import dev.sluice.fork.order.Group;
import java.util.function.UnaryOperator;

/** Rebuilds objects all of whose parts are shared, each by one call that copies it whole. */
final class LeafStep extends Step {
    private final UnaryOperator<Object> copier;
    private final Object[] pristine;
    private final int[] targets;

    LeafStep(UnaryOperator<Object> copier, Group group) {
        this.copier = copier;
        this.pristine = group.pristine();
        this.targets = group.slots();
    }

    /** Whether this step can do what the group needs: nothing to link, nothing to wait for. */
    static boolean fits(Group group) {
        return group.mode() == Group.Mode.CREATE
                && group.nodes().stream().allMatch(n -> GenericStep.links(n).length == 0);
    }

    @Override
    void run(Object[] slots) {
        for (int i = 0; i < pristine.length; i++) {
            slots[targets[i]] = copier.apply(pristine[i]);
        }
    }
}
