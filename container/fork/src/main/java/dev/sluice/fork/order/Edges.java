package dev.sluice.fork.order;

import dev.sluice.fork.walk.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** References between objects to rebuild, seen from the other end; and the cycles that they form. */
final class Edges {
    private Edges() {}

    /**
     * For each node the indexes of the nodes that refer to it, once per reference.
     *
     * @param counts gets, for each node, how many such references it holds
     */
    static int[][] reversed(List<Node> nodes, int[] counts) {
        int[] incoming = new int[nodes.size()];
        for (Node node : nodes) {
            for (int i = 0; i < node.kids(); i++) {
                Node kid = node.copiedKid(i);
                if (kid != null) {
                    counts[node.index]++;
                    incoming[kid.index]++;
                }
            }
        }
        int[][] reversed = new int[nodes.size()][];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = new int[incoming[i]];
        }
        for (Node node : nodes) {
            for (int i = 0; i < node.kids(); i++) {
                Node kid = node.copiedKid(i);
                if (kid != null) {
                    reversed[kid.index][--incoming[kid.index]] = node.index;
                }
            }
        }
        return reversed;
    }

    /** The component that {@link #cycles} put the node into most recently. */
    static int component(Node node) {
        return node.component;
    }

    /**
     * Strongly connected components with more than one node, or with one that refers to itself, among the nodes that
     * match. Tarjan, "Depth-first search and linear graph algorithms" (1972), with a stack of its own.
     */
    static List<List<Node>> cycles(List<Node> nodes, Predicate<Node> among) {
        return new Tarjan(nodes.size(), among).run(nodes);
    }

    private static final class Tarjan {
        private final Predicate<Node> among;
        private final int[] order;
        private final int[] low;
        private final int[] nextKid;
        private final boolean[] onStack;
        private final List<Node> stack = new ArrayList<>();
        private final List<Node> path = new ArrayList<>();
        private final List<List<Node>> cycles = new ArrayList<>();
        private int clock;
        private int components;

        Tarjan(int size, Predicate<Node> among) {
            this.among = among;
            this.order = new int[size];
            this.low = new int[size];
            this.nextKid = new int[size];
            this.onStack = new boolean[size];
        }

        List<List<Node>> run(List<Node> nodes) {
            nodes.forEach(n -> n.component = -1);
            for (Node node : nodes) {
                if (order[node.index] == 0 && among.test(node)) {
                    enter(node);
                    while (!path.isEmpty()) {
                        advance(path.get(path.size() - 1));
                    }
                }
            }
            return cycles;
        }

        private void enter(Node node) {
            order[node.index] = low[node.index] = ++clock;
            onStack[node.index] = true;
            stack.add(node);
            path.add(node);
        }

        private void advance(Node node) {
            while (nextKid[node.index] < node.kids()) {
                Node kid = node.copiedKid(nextKid[node.index]++);
                if (kid == null || !among.test(kid)) {
                    continue;
                }
                if (order[kid.index] == 0) {
                    enter(kid);
                    return;
                }
                if (onStack[kid.index]) {
                    low[node.index] = Math.min(low[node.index], order[kid.index]);
                }
            }
            leave(node);
        }

        private void leave(Node node) {
            path.remove(path.size() - 1);
            if (!path.isEmpty()) {
                int above = path.get(path.size() - 1).index;
                low[above] = Math.min(low[above], low[node.index]);
            }
            if (low[node.index] == order[node.index]) {
                List<Node> members = new ArrayList<>();
                Node member;
                do {
                    member = stack.remove(stack.size() - 1);
                    onStack[member.index] = false;
                    member.component = components;
                    members.add(member);
                } while (member != node);
                components++;
                if (members.size() > 1 || refersToItself(node)) {
                    cycles.add(members);
                }
            }
        }

        private static boolean refersToItself(Node node) {
            for (int i = 0; i < node.kids(); i++) {
                if (node.kid(i) == node) {
                    return true;
                }
            }
            return false;
        }
    }
}
