package dev.sluice.fork.order;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.walk.LambdaOrigin;
import dev.sluice.fork.walk.Node;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** Makes the private copy that forks are made from, step by step as the plan will make forks. */
public final class Pristine {
    private final String name;

    public Pristine(String name) {
        this.name = name;
    }

    /** What the application's code threw while a copy was made. */
    public static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Finding finding;

        Failure(Finding finding, RuntimeException cause) {
            super(finding.toString(), cause);
            this.finding = finding;
        }

        public Finding finding() {
            return finding;
        }
    }

    /** Makes the copies of one step. */
    void make(Group group) {
        for (Node node : group.nodes()) {
            try {
                make(group, node);
            } catch (RuntimeException e) {
                throw new Failure(failed(node, e), e);
            }
        }
    }

    /** Replaces the source of every node by its copy. */
    public static void swap(Iterable<Node> nodes) {
        for (Node node : nodes) {
            node.source = Objects.requireNonNull(node.copy);
            node.copy = null;
        }
    }

    private static void make(Group group, Node node) {
        Shape shape = group.shape();
        Object[] parts = parts(node);
        switch (group.mode()) {
            case CREATE -> node.copy = shape.create(node.source, parts);
            case ALLOCATE -> node.copy = shape.allocate(node.source, parts);
            case PREFILL, FILL -> shape.fill(Objects.requireNonNull(node.copy), node.source, parts);
        }
    }

    /** The parts of its copy; null for those that do not exist yet. */
    private static Object[] parts(Node node) {
        Object[] parts = Shape.copyOf(node.parts);
        for (int i = 0; i < node.kids(); i++) {
            Node kid = node.copiedKid(i);
            if (kid != null) {
                parts[i] = kid.copy;
            }
        }
        return parts;
    }

    /** Whether the keys of this collection hash, or compare, as those of the template do, so that it can be filled. */
    boolean certain(Node node) {
        try {
            Object[] parts = parts(node);
            return switch (node.shape.looks()) {
                case HASH -> sameHashes(node, parts);
                case COMPARE -> sameOrder(node, parts);
                default -> false;
            };
        } catch (RuntimeException incomplete) {
            // A key that cannot be hashed or compared yet: something that it needs is not set.
            return false;
        }
    }

    /** The same hashes, and no two keys alike: one that is not filled yet may hash like itself and be equal to another. */
    private static boolean sameHashes(Node node, Object[] parts) {
        Set<Object> keys = new HashSet<>();
        for (int i = 0; i < parts.length; i++) {
            boolean key = node.shape.looksInto(i);
            boolean copied = parts[i] != node.parts[i];
            if (key && (copied && parts[i].hashCode() != node.parts[i].hashCode() || !keys.add(parts[i]))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameOrder(Node node, Object[] parts) {
        int head = node.shape.head();
        int stride = node.shape.stride();
        Comparator<Object> before = comparator(node.parts, head);
        Comparator<Object> now = comparator(parts, head);
        for (int i = node.shape.keysFrom(); i + stride < parts.length; i += stride) {
            int sign = Integer.signum(now.compare(parts[i], parts[i + stride]));
            if (sign != Integer.signum(before.compare(node.parts[i], node.parts[i + stride]))) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Comparator<Object> comparator(Object[] parts, int head) {
        Comparator<Object> own = head == 0 ? null : (Comparator<Object>) parts[0];
        return own != null ? own : (a, b) -> ((Comparable) a).compareTo(b);
    }

    private Finding failed(Node node, RuntimeException e) {
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
