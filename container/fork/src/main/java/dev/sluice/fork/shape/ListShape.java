package dev.sluice.fork.shape;

import java.util.ArrayList;
import java.util.function.UnaryOperator;

/** {@link ArrayList}. */
public final class ListShape extends BagShape {
    public ListShape() {
        super(ArrayList.class, false, REFERENCE, null, (list, none) -> new ArrayList<>(list.size()));
    }

    @Override
    public UnaryOperator<Object> whole() {
        return list -> ((ArrayList<?>) list).clone();
    }
}
