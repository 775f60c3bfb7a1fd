package dev.sluice.fork.plan;

import dev.sluice.fork.order.Group;
import dev.sluice.fork.shape.Capacity;
import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.walk.Node;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/** Rebuilds hash sets of shared elements, in a table of the same size, so that they iterate in the same order. */
final class HashSetStep extends Step {
    private final int[] targets;
    private final int[] capacities;
    private final Object[][] elements;

    HashSetStep(Group group) {
        List<Node> nodes = group.nodes();
        this.targets = group.slots();
        this.elements = nodes.stream().map(n -> Shape.copyOf(n.parts)).toArray(Object[][]::new);
        this.capacities = nodes.stream()
                .mapToInt(n -> Capacity.of(Arrays.asList(n.parts), HashMap::new))
                .toArray();
    }

    @Override
    void run(Object[] slots) {
        for (int i = 0; i < elements.length; i++) {
            HashSet<Object> set = new HashSet<>(capacities[i]);
            for (Object element : elements[i]) {
                set.add(element);
            }
            slots[targets[i]] = set;
        }
    }
}
