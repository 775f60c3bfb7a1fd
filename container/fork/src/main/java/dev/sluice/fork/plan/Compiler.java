package dev.sluice.fork.plan;

import dev.sluice.fork.order.Group;
import dev.sluice.fork.order.Schedule;
import dev.sluice.fork.walk.Graph;
import dev.sluice.fork.walk.Node;
import java.util.List;

/** Turns the groups of a schedule into the steps of a plan. */
public final class Compiler {
    private static final Object[] NONE = {};

    private Compiler() {}

    public static Plan compile(Graph graph, Schedule schedule) {
        Node root = graph.rootNode();
        if (root == null || !root.copied) {
            return new Plan(graph.root(), new Step[0], new Class<?>[0], 0, -1, NONE);
        }
        List<Group> groups = schedule.groups();
        Constants constants = new Constants(schedule.slots());
        Step[] steps = new Step[groups.size()];
        for (int i = 0; i < steps.length; i++) {
            Group group = groups.get(i);
            steps[i] = Steps.of(group, constants);
        }
        Object[] values = constants.values();
        return new Plan(root.source, steps, types(groups), schedule.slots() + values.length, root.slot, values);
    }

    /** For each group the class of its objects. */
    static Class<?>[] types(List<Group> groups) {
        return groups.stream().map(group -> group.shape().type).toArray(Class<?>[]::new);
    }
}
