package dev.sluice.fork.order;

import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.walk.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Orders cycles in which nothing looks into anything while it is made: as few objects as possible are allocated before
 * their parts, all others are created when their parts exist.
 */
final class LooseCycles {
    /** After so many cycles on top of each other, all remaining ones are broken at once. */
    private static final int PATIENCE = 64;

    private final Progress progress;
    private final boolean[] member;
    private final Map<Shape, ArrayDeque<Node>> ready = new LinkedHashMap<>();
    private final int[] order;
    private int allocated;

    LooseCycles(Progress progress) {
        this.progress = progress;
        this.member = new boolean[progress.nodes.size()];
        this.order = new int[member.length];
    }

    /** Whether all of them could be ordered. */
    boolean run(List<Node> members) {
        members.forEach(n -> member[n.index] = true);
        int end = progress.done() + members.size();
        int cycles = 0;
        while (progress.done() < end) {
            if (!ready.isEmpty()) {
                Progress.takeLargest(ready, e -> take(e.getKey(), e.getValue()));
            } else if (!breakCycles(++cycles > PATIENCE)) {
                return false;
            }
        }
        return true;
    }

    private void enqueue(Node node) {
        if (member[node.index]) {
            ready.computeIfAbsent(node.shape, s -> new ArrayDeque<>()).add(node);
        }
    }

    private void take(Shape shape, ArrayDeque<Node> queue) {
        List<Node> created = new ArrayList<>();
        List<Node> filled = new ArrayList<>();
        for (Node node = queue.pollLast(); node != null; node = queue.pollLast()) {
            if (progress.early[node.index]) {
                filled.add(node);
            } else {
                created.add(node);
                progress.exist(node, this::enqueue);
            }
        }
        progress.emit(shape, Group.Mode.CREATE, created);
        filled.sort(Comparator.comparingInt(n -> order[n.index]));
        progress.emit(shape, Group.Mode.FILL, filled);
    }

    private boolean breakCycles(boolean all) {
        List<Node> chosen = new ArrayList<>();
        for (List<Node> cycle : Edges.cycles(
                progress.nodes, n -> member[n.index] && !progress.exists(n) && progress.missing[n.index] > 0)) {
            if (all || cycle.stream().allMatch(n -> waitsOnlyFor(n, Edges.component(cycle.get(0))))) {
                chosen.addAll(choose(cycle));
            }
        }
        Progress.byShape(chosen).forEach((shape, some) -> {
            for (Node node : some) {
                progress.early[node.index] = true;
                order[node.index] = allocated++;
            }
            progress.emit(shape, Group.Mode.ALLOCATE, some);
        });
        chosen.forEach(n -> progress.exist(n, this::enqueue));
        return !chosen.isEmpty();
    }

    /** Whether what a member of a cycle misses is in the same cycle: marked by {@link Edges#cycles}. */
    private boolean waitsOnlyFor(Node node, int component) {
        for (int i = 0; i < node.kids(); i++) {
            Node kid = node.copiedKid(i);
            if (kid != null && !progress.exists(kid) && Edges.component(kid) != component) {
                return false;
            }
        }
        return true;
    }

    private List<Node> choose(List<Node> cycle) {
        return Progress.byShape(cycle.stream()
                        .filter(n -> n.shape.allocatable() && progress.headExists(n))
                        .toList())
                .values()
                .stream()
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
    }
}
