package dev.sluice.fork.shape;

import java.util.HashSet;

/** {@link HashSet}. */
public final class HashSetShape extends BagShape {
    public HashSetShape() {
        super(HashSet.class, true, 38, null, (set, none) -> new HashSet<>(HashMapShape.capacity(set.size())));
    }
}
