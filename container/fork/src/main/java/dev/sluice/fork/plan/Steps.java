package dev.sluice.fork.plan;

import dev.sluice.fork.order.Group;
import dev.sluice.fork.shape.ArrayShape;
import dev.sluice.fork.shape.ConstructedShape;
import dev.sluice.fork.shape.HashMapShape;
import dev.sluice.fork.shape.HashSetShape;
import dev.sluice.fork.shape.ListShape;
import dev.sluice.fork.shape.ObjectShape;
import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.shape.TableShape;
import dev.sluice.fork.walk.Node;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Chooses the step by which a plan rebuilds a group of objects. */
final class Steps {
    private Steps() {}

    static Step of(Group group, Constants constants) {
        Shape shape = group.shape();
        if (shape instanceof ObjectShape || shape instanceof ConstructedShape) {
            return CopierStep.of(shape, group, constants);
        }
        UnaryOperator<Object> whole = shape.whole();
        if (whole != null && LeafStep.fits(group)) {
            return new LeafStep(whole, group);
        }
        Step step = group.mode() == Group.Mode.CREATE ? special(shape, group) : null;
        return step != null ? step : new GenericStep(shape, group);
    }

    /** A step made for objects of this shape that are created at once; null when there is none that can do it. */
    private static @Nullable Step special(Shape shape, Group group) {
        if (shape instanceof ArrayShape) {
            return new ArrayStep(group);
        }
        if (shape instanceof ListShape) {
            return new ListStep(group);
        }
        if (shape instanceof HashSetShape && LeafStep.fits(group)) {
            return new HashSetStep(group);
        }
        if (shape instanceof HashMapShape && group.nodes().stream().noneMatch(Node::rebuiltKeys)) {
            return new HashMapStep(group);
        }
        if (shape instanceof TableShape table && group.nodes().stream().noneMatch(TableStep::rebuiltKeys)) {
            return new TableStep(group, table.maker());
        }
        return null;
    }
}
