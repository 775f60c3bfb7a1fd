package dev.sluice.fork.order;

import dev.sluice.fork.walk.Node;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the objects of a schedule their slots, as a compiler gives values their registers: a slot is free again as soon as the last
 * object that needs its content has it. So a fork needs as many slots as objects are under way at once, which for trees
 * is about their depth, and the slots stay in the processor's cache.
 */
final class Slots {
    /** How often each object is still to be taken from its slot. */
    private final int[] uses;

    private int[] free = new int[16];
    private int freed;
    private int next = 1;

    private Slots(int nodes) {
        uses = new int[nodes];
    }

    /**
     * Assigns the slots.
     *
     * @param groups the steps in order
     * @param nodes all their objects
     * @param root whose slot stays its own to the end, if it is one of them
     * @return the number of slots, the first of which stays empty
     */
    static int assign(List<Group> groups, List<Node> nodes, @Nullable Node root) {
        Slots slots = new Slots(nodes.size());
        for (Node node : nodes) {
            for (int i = 0; i < node.kids(); i++) {
                slots.count(node.copiedKid(i));
            }
        }
        if (root != null && root.copied) {
            slots.count(root);
        }
        for (Group group : groups) {
            if (group.mode() == Group.Mode.FILL) {
                group.nodes().forEach(slots::count);
            }
        }
        for (Group group : groups) {
            for (Node node : group.nodes()) {
                slots.visit(node, group.mode());
            }
        }
        return slots.next;
    }

    private void count(@Nullable Node node) {
        if (node != null) {
            uses[node.index]++;
        }
    }

    /** A step reads the parts of an object before it writes the object, so that this may have the slot of one of them. */
    private void visit(Node node, Group.Mode mode) {
        if (mode == Group.Mode.PREFILL) {
            return;
        }
        if (mode != Group.Mode.ALLOCATE) {
            for (int i = 0; i < node.kids(); i++) {
                Node kid = node.copiedKid(i);
                if (kid != null) {
                    release(kid);
                }
            }
        }
        if (mode == Group.Mode.FILL) {
            release(node);
        } else {
            node.slot = freed > 0 ? free[--freed] : next++;
        }
    }

    private void release(Node node) {
        if (--uses[node.index] == 0) {
            if (freed == free.length) {
                free = Arrays.copyOf(free, 2 * freed);
            }
            free[freed++] = node.slot;
        }
    }
}
