package dev.sluice.fork.order;

import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.walk.Node;
import java.util.List;

/**
 * Objects of one shape that a plan treats in one step.
 *
 * @param mode what the step does with them
 * @param nodes the objects, in the order of their slots
 * @param absent parts that do not exist yet when objects are filled as far as possible
 */
public record Group(Shape shape, Mode mode, List<Node> nodes, List<Node> absent) {
    /** What a step does. */
    public enum Mode {
        /** Makes objects whose parts exist, each needing only earlier ones of the same group. */
        CREATE,
        /** Makes objects whose parts may not exist yet. */
        ALLOCATE,
        /** Gives objects made by an earlier step those of their parts that exist; they are filled once more. */
        PREFILL,
        /** Gives their parts to objects made by an earlier step. */
        FILL
    }

    public int size() {
        return nodes.size();
    }

    /** Where each of the objects is put, or stands already. */
    public int[] slots() {
        int[] slots = new int[nodes.size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = nodes.get(i).slot;
        }
        return slots;
    }

    public Object[] pristine() {
        Object[] all = new Object[nodes.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = nodes.get(i).source;
        }
        return all;
    }
}
