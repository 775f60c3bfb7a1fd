package dev.sluice.fork;

import java.util.ArrayList;

/** {@link ArrayList}. */
final class ListShape extends BagShape {
    ListShape() {
        super(ArrayList.class, false, REFERENCE, null, (list, none) -> new ArrayList<>(list.size()));
    }
}
