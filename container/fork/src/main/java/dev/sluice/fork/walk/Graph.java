package dev.sluice.fork.walk;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.ForkCost;
import dev.sluice.fork.report.ForkPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A graph that was walked.
 *
 * @param root the root itself, which is no node when it is shared
 * @param rootNode the node of the root, or null
 * @param nodes all nodes, each after the one through which it was reached first
 * @param copied those that forks rebuild
 * @param shared distinct objects that forks share
 * @param findings what was found on the way
 */
public record Graph(
        String name,
        Object root,
        @Nullable Node rootNode,
        List<Node> nodes,
        List<Node> copied,
        long shared,
        List<Finding> findings) {
    private static final int BRANCHES = 5;
    private static final int DEEPEST = 6;
    private static final int SHARE = 20;

    /** Adds up, for every node, what is copied in the branch below it. */
    void measure() {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (node.copied) {
                node.branchObjects++;
                node.branchBytes += node.shape.size(node.source, node.parts);
            }
            if (node.parent != null) {
                node.parent.branchObjects += node.branchObjects;
                node.parent.branchBytes += node.branchBytes;
            }
        }
    }

    /** Divides what was measured among the objects: first by their classes, then by their estimated sizes. */
    void measured(ForkCost cost) {
        Map<Class<?>, Long> sizes = new HashMap<>();
        copied.forEach(node -> sizes.merge(node.shape.type, size(node), Long::sum));
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (node.copied) {
                double part = (double) size(node) / sizes.getOrDefault(node.shape.type, 1L);
                ForkCost.Share ofClass = cost.byClass().getOrDefault(node.shape.type, ForkCost.Share.NONE);
                node.branchCost = node.branchCost.plus(ofClass.times(part));
            }
            if (node.parent != null) {
                node.parent.branchCost = node.parent.branchCost.plus(node.branchCost);
            }
        }
    }

    private static long size(Node node) {
        return Math.max(1, node.shape.size(node.source, node.parts));
    }

    public long bytes() {
        return rootNode == null ? 0 : rootNode.branchBytes;
    }

    /** The biggest branches: no more than a few, none much smaller than the whole, none inside another. */
    public List<ForkPlan.Branch> branches() {
        List<ForkPlan.Branch> biggest = new ArrayList<>();
        if (rootNode != null) {
            List<Node> candidates = new ArrayList<>();
            for (Node node : nodes) {
                if (depth(node) <= DEEPEST && worthNaming(node)) {
                    candidates.add(node);
                }
            }
            candidates.sort(
                    Comparator.comparingLong((Node n) -> n.branchObjects).reversed());
            candidates.stream().limit(BRANCHES).forEach(n -> biggest.add(branch(n)));
        }
        return biggest;
    }

    private boolean worthNaming(Node node) {
        if (node.branchObjects * SHARE < Math.max(SHARE, copied.size())) {
            return false;
        }
        // A branch that has nearly everything in one sub-branch is better named by that.
        for (int i = 0; i < node.kids(); i++) {
            Node kid = node.kid(i);
            if (kid != null && kid.parent == node && kid.part == i && kid.branchObjects * 10 > node.branchObjects * 9) {
                return false;
            }
        }
        return true;
    }

    private static int depth(Node node) {
        int depth = 0;
        for (Node above = node.parent; above != null && depth <= DEEPEST; above = above.parent) {
            depth++;
        }
        return depth;
    }

    private ForkPlan.Branch branch(Node node) {
        return new ForkPlan.Branch(
                node.path(name), node.source.getClass().getName(), node.branchObjects, node.branchBytes);
    }
}
