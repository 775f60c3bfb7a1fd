package dev.sluice.fork;

import java.util.HashSet;

/** {@link HashSet}. */
final class HashSetShape extends BagShape {
    HashSetShape() {
        super(HashSet.class, true, 38, null, (set, none) -> new HashSet<>(HashMapShape.capacity(set.size())));
    }

    @Override
    Step step(Group group, Constants constants) {
        return LeafStep.fits(group) ? new HashSetStep(group) : new GenericStep(this, group);
    }
}
