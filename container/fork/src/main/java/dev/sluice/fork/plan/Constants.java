package dev.sluice.fork.plan;

import dev.sluice.fork.walk.Node;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What compiling one plan collects: shared objects that need a slot, and copiers. */
final class Constants {
    private final int first;
    private final Map<Object, Integer> slots = new IdentityHashMap<>();
    private final List<Object> values = new ArrayList<>();
    private final Copiers copiers = new Copiers();

    /** @param first the first slot behind those of rebuilt objects */
    Constants(int first) {
        this.first = first;
    }

    /** The slot that holds this part of a node in every fork: that of its rebuilt object, or of a constant. */
    int slot(Node node, int part) {
        Node kid = node.copiedKid(part);
        if (kid != null) {
            return kid.slot;
        }
        Object value = node.parts[part];
        if (value == null) {
            return 0;
        }
        return slots.computeIfAbsent(value, v -> {
            values.add(v);
            return first + values.size() - 1;
        });
    }

    Copiers copiers() {
        return copiers;
    }

    Object[] values() {
        return values.toArray();
    }
}
