package dev.sluice.fork.plan;

import dev.sluice.fork.order.Group;
import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.walk.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rebuilds objects of any shape by the shape's own methods, part by part. */
final class GenericStep extends Step {
    private final Shape shape;
    private final Group.Mode mode;
    private final int[] targets;
    private final Object[] pristine;
    private final Object[][] parts;
    /** For each object pairs of part and slot. */
    private final int[][] links;

    GenericStep(Shape shape, Group group) {
        this.shape = shape;
        this.mode = group.mode();
        this.targets = group.slots();
        this.pristine = group.pristine();
        List<Node> nodes = group.nodes();
        this.parts = new Object[nodes.size()][];
        this.links = new int[nodes.size()][];
        for (int i = 0; i < parts.length; i++) {
            links[i] = links(nodes.get(i), group);
            parts[i] = constants(nodes.get(i));
        }
    }

    /** When objects are allocated, only what they need for that; when they are filled in part, only what exists. */
    private static int[] links(Node node, Group group) {
        int[] all = links(node);
        int[] some = new int[all.length];
        int next = 0;
        for (int i = 0; i < all.length; i += 2) {
            boolean given =
                    switch (group.mode()) {
                        case ALLOCATE -> all[i] < group.shape().head();
                        case PREFILL -> !group.absent().contains(node.copiedKid(all[i]));
                        default -> true;
                    };
            if (given) {
                some[next++] = all[i];
                some[next++] = all[i + 1];
            }
        }
        return java.util.Arrays.copyOf(some, next);
    }

    static int[] links(Node node) {
        int count = 0;
        for (int i = 0; i < node.kids(); i++) {
            count += node.copiedKid(i) == null ? 0 : 1;
        }
        int[] links = new int[2 * count];
        int next = 0;
        for (int i = 0; i < node.kids(); i++) {
            Node kid = node.copiedKid(i);
            if (kid != null) {
                links[next++] = i;
                links[next++] = kid.slot;
            }
        }
        return links;
    }

    /** The parts that all forks share; null where a fork puts its own. */
    static Object[] constants(Node node) {
        Object[] constants = Shape.copyOf(node.parts);
        for (int i = 0; i < node.kids(); i++) {
            if (node.copiedKid(i) != null) {
                constants[i] = null;
            }
        }
        return constants;
    }

    @Override
    void run(Object[] slots, Recorder recorder) {
        make(slots, recorder);
    }

    @Override
    void run(Object[] slots) {
        make(slots, null);
    }

    private void make(Object[] slots, @Nullable Recorder recorder) {
        for (int i = 0; i < pristine.length; i++) {
            Object[] all = parts[i];
            int[] own = links[i];
            if (own.length > 0) {
                all = all.clone();
                for (int j = 0; j < own.length; j += 2) {
                    all[own[j]] = slots[own[j + 1]];
                }
            }
            switch (mode) {
                case CREATE -> slots[targets[i]] = shape.create(pristine[i], all);
                case ALLOCATE -> slots[targets[i]] = shape.allocate(pristine[i], all);
                case PREFILL, FILL -> shape.fill(slots[targets[i]], pristine[i], all);
            }
            if (recorder != null) {
                recorder.filled(slots[targets[i]], all);
            }
        }
    }
}
