package dev.sluice.fork;

import java.util.ArrayList;

/** {@link ArrayList}. */
final class ListShape extends BagShape {
    ListShape() {
        super(ArrayList.class, false, REFERENCE, null, (list, none) -> new ArrayList<>(list.size()));
    }

    @Override
    Step step(Group group, Constants constants) {
        if (LeafStep.fits(group)) {
            return new LeafStep(list -> ((ArrayList<?>) list).clone(), group);
        }
        return group.mode() == Group.Mode.CREATE ? new ListStep(group) : super.step(group, constants);
    }
}
