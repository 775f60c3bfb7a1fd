package dev.sluice.fork.plan;

import dev.sluice.fork.order.Group;
import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.walk.Node;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.BitSet;

/** Rebuilds objects of one application class by a method handle made for that class. */
final class CopierStep extends Step {
    /** The type of a copier. */
    static final MethodType LOOP =
            MethodType.methodType(void.class, Object[].class, Object[].class, int[].class, int[].class);

    private final MethodHandle copier;
    private final Object[] pristine;
    private final int[] links;
    private final int[] targets;

    CopierStep(MethodHandle copier, Object[] pristine, int[] links, int[] targets) {
        this.copier = copier;
        this.pristine = pristine;
        this.links = links;
        this.targets = targets;
    }

    /** A copier for the group, or the general way when its class has too many fields. */
    static Step of(Shape shape, Group group, Constants constants) {
        BitSet rebuilt = new BitSet();
        for (Node node : group.nodes()) {
            for (int i = 0; i < node.kids(); i++) {
                if (node.copiedKid(i) != null) {
                    rebuilt.set(i);
                }
            }
        }
        MethodHandle copier = constants.copiers().of(shape, rebuilt, group.mode());
        if (copier == null) {
            return new GenericStep(shape, group);
        }
        int[] links = links(group, rebuilt, constants);
        return new CopierStep(copier, group.pristine(), links, group.slots());
    }

    private static int[] links(Group group, BitSet rebuilt, Constants constants) {
        int[] links = new int[group.size() * rebuilt.cardinality()];
        int next = 0;
        for (Node node : group.nodes()) {
            for (int i = rebuilt.nextSetBit(0); i >= 0; i = rebuilt.nextSetBit(i + 1)) {
                Node kid = node.copiedKid(i);
                boolean absent = kid != null
                        && (group.mode() == Group.Mode.ALLOCATE
                                || group.absent().contains(kid));
                links[next++] = absent ? 0 : constants.slot(node, i);
            }
        }
        return links;
    }

    @Override
    void run(Object[] slots) {
        try {
            copier.invokeExact(pristine, slots, links, targets);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a constructor threw " + e, e);
        }
    }
}
