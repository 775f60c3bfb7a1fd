package dev.sluice.fork.plan;

import dev.sluice.fork.order.Group;
import dev.sluice.fork.order.Pristine;
import dev.sluice.fork.order.Schedule;
import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.treatment.Choices;
import dev.sluice.fork.treatment.Classifier;
import dev.sluice.fork.walk.Graph;
import dev.sluice.fork.walk.Node;
import dev.sluice.fork.walk.Walk;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The ways to execute a fork that were compared before one was chosen. */
public enum Engines {
    /** No plan: a deep copy that decides per object what to do, with an identity map and reflection. */
    IDENTITY_MAP {
        @Override
        public Supplier<Object> of(Object root) {
            Classifier classifier = classifier();
            return () -> new DeepCopy(classifier).copy(root);
        }
    },
    /** The plan, interpreted: every step takes its objects apart into arrays of parts and sets fields by reflection. */
    INTERPRETED {
        @Override
        public Supplier<Object> of(Object root) {
            return planned(root, (group, constants) -> new GenericStep(group.shape(), group));
        }
    },
    /** The plan with loops of method handles: the engine in use. */
    METHOD_HANDLES {
        @Override
        public Supplier<Object> of(Object root) {
            return planned(root, Steps::of);
        }
    };

    /** How a group becomes a step. */
    private interface Stepper {
        Step step(Group group, Constants constants);
    }

    /** Prepares copies of this graph. */
    public abstract Supplier<Object> of(Object root);

    private static Classifier classifier() {
        return new Classifier(new Choices(type -> false, Set.of(), false));
    }

    private static Supplier<Object> planned(Object root, Stepper stepper) {
        Graph graph = Walk.of("graph", root, classifier(), Integer.MAX_VALUE / 8);
        Schedule schedule = Schedule.of(graph.copied(), graph.rootNode(), new Pristine("graph"));
        Pristine.swap(graph.copied());
        Constants constants = new Constants(schedule.slots());
        Step[] steps =
                schedule.groups().stream().map(g -> stepper.step(g, constants)).toArray(Step[]::new);
        Node top = java.util.Objects.requireNonNull(graph.rootNode());
        Object[] values = constants.values();
        Plan plan = new Plan(
                top.source,
                steps,
                Compiler.types(schedule.groups()),
                schedule.slots() + values.length,
                top.slot,
                values);
        return plan::fork;
    }

    /** What a straightforward copier does. */
    private static final class DeepCopy {
        private final Classifier classifier;
        private final Map<Object, Object> copies = new IdentityHashMap<>();

        DeepCopy(Classifier classifier) {
            this.classifier = classifier;
        }

        Object copy(Object object) {
            if (object == null || !(classifier.verdict(object) instanceof Shape shape)) {
                return object;
            }
            Object known = copies.get(object);
            if (known != null) {
                return known;
            }
            Object[] parts = shape.parts(object);
            if (!shape.allocatable()) {
                copyParts(parts);
                Object made = shape.create(object, parts);
                copies.put(object, made);
                return made;
            }
            Object made = shape.allocate(object, parts);
            copies.put(object, made);
            copyParts(parts);
            shape.fill(made, object, parts);
            return made;
        }

        private void copyParts(Object[] parts) {
            for (int i = 0; i < parts.length; i++) {
                parts[i] = copy(parts[i]);
            }
        }
    }
}
