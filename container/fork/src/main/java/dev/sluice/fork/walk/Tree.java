package dev.sluice.fork.walk;

import dev.sluice.fork.report.ForkCost;
import dev.sluice.fork.report.ForkNode;
import dev.sluice.fork.shape.Verdict;
import dev.sluice.fork.treatment.Classifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The picture of a graph for people: biggest branches first, cut to a number of nodes. */
public final class Tree {
    /** How many nodes a tree has at most unless another number is asked for. */
    public static final int NODES = 500;

    private static final int MOST_CHILDREN = 50;
    private static final int DEEPEST = 40;

    private final Classifier classifier;
    /** Whether the sizes of branches were measured. */
    private final boolean measured;
    /** Nodes made so far. */
    private int made;

    private Tree(Classifier classifier, boolean measured) {
        this.classifier = classifier;
        this.measured = measured;
    }

    /** The tree of a graph that was not published, with estimated sizes. */
    public static ForkNode of(Graph graph, Classifier classifier, int nodes) {
        return new Tree(classifier, false).of(graph, nodes);
    }

    /** The tree of a graph whose forks were measured. */
    public static ForkNode of(Graph graph, Classifier classifier, int nodes, ForkCost cost) {
        graph.measured(cost);
        return new Tree(classifier, cost.bytes() >= 0).of(graph, nodes);
    }

    private ForkNode of(Graph graph, int nodes) {
        Node root = graph.rootNode();
        return root == null
                ? leaf(graph.name(), graph.root(), false)
                : branch(graph.name(), root, 0, Math.max(1, nodes));
    }

    /** Every child gets one node first, then an equal share of what is left. */
    private ForkNode branch(String label, Node node, int depth, int budget) {
        made++;
        List<Integer> order = order(node);
        int shown = depth >= DEEPEST ? 0 : Math.min(Math.min(order.size(), MOST_CHILDREN), budget - 1);
        int spare = budget - 1 - shown;
        List<ForkNode> children = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            int part = order.get(i);
            int before = made;
            children.add(child(node, part, depth + 1, 1 + spare / (shown - i)));
            spare -= made - before - 1;
        }
        int omitted = order.size() - shown;
        return new ForkNode(
                label,
                node.source.getClass().getName(),
                node.copied ? ForkNode.Treatment.COPIED : ForkNode.Treatment.IMMUTABLE,
                "",
                node.branchObjects,
                measured ? Math.round(node.branchCost.bytes()) : node.branchBytes,
                Math.round(node.branchCost.nanos()),
                children,
                omitted);
    }

    private ForkNode child(Node node, int part, int depth, int budget) {
        String name = node.shape.label(node.parts, part);
        Node kid = node.kid(part);
        return kid == null
                ? leaf(name, node.parts[part], node.shape.sharedPart(part))
                : branch(name, kid, depth, budget);
    }

    /** Parts to show: what was reached first from here, biggest first, then what is shared. */
    private static List<Integer> order(Node node) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < node.parts.length; i++) {
            Node kid = node.kid(i);
            if (node.parts[i] != null && (kid == null || kid.parent == node && kid.part == i)) {
                order.add(i);
            }
        }
        order.sort(Comparator.comparingLong((Integer i) -> {
                    Node kid = node.kid(i);
                    return kid == null ? -1 : kid.branchBytes;
                })
                .reversed());
        return order;
    }

    private ForkNode leaf(String label, Object object, boolean annotated) {
        made++;
        ForkNode.Treatment treatment = ForkNode.Treatment.IMMUTABLE;
        String reason = "";
        if (annotated) {
            treatment = ForkNode.Treatment.SHARED;
            reason = "annotated @Shared";
        } else {
            Verdict verdict = classifier.verdict(object);
            if (verdict instanceof Verdict.Shared shared) {
                treatment = ForkNode.Treatment.SHARED;
                reason = shared.reason();
            } else if (verdict instanceof Verdict.Refused refused) {
                treatment = ForkNode.Treatment.REFUSED;
                reason = refused.problem();
            }
        }
        return new ForkNode(label, object.getClass().getName(), treatment, reason, 0, 0, 0, List.of(), 0);
    }
}
