package dev.sluice.fork;

import java.util.ArrayList;
import java.util.List;

/** Makes the private copy that forks are made from. */
final class Pristine {
    private Pristine() {}

    /** Replaces the source of every node by its copy; returns what went wrong on the way. */
    static List<Finding> build(String name, List<Group> groups) {
        List<Finding> findings = new ArrayList<>();
        for (Group group : groups) {
            for (Node node : group.nodes()) {
                try {
                    make(group, node);
                } catch (RuntimeException e) {
                    findings.add(failed(name, node, e));
                    return findings;
                }
            }
        }
        for (Group group : groups) {
            for (Node node : group.nodes()) {
                if (group.mode() != Group.Mode.FILL) {
                    node.source = java.util.Objects.requireNonNull(node.copy);
                    node.copy = null;
                }
            }
        }
        return findings;
    }

    private static void make(Group group, Node node) {
        Object[] parts = JdkTypes.copyOf(node.parts);
        for (int i = 0; i < node.kids(); i++) {
            Node kid = node.copiedKid(i);
            if (kid != null) {
                parts[i] = kid.copy;
            }
        }
        Shape shape = group.shape();
        switch (group.mode()) {
            case CREATE -> node.copy = shape.create(node.source, parts);
            case ALLOCATE -> node.copy = shape.allocate(node.source, parts);
            case FILL -> shape.fill(java.util.Objects.requireNonNull(node.copy), node.source, parts);
        }
    }

    private static Finding failed(String name, Node node, RuntimeException e) {
        return LambdaOrigin.finding(
                Finding.Severity.BLOCKER,
                Finding.Kind.APPLICATION_CODE,
                node,
                name,
                node.source,
                "copying it failed: " + e,
                "constructors of records, hashCode, equals and comparators run when state is copied; see that they accept a"
                        + " copy of what they once accepted");
    }
}
