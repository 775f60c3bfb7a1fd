package dev.sluice.fork;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the objects to rebuild into an order in which each can be made, in groups of one shape that are as long as
 * possible.
 *
 * <p>An object is ready when all its parts exist; of the ready ones the shape with the most is taken, with everything of
 * that shape that becomes ready meanwhile (a linked list is one group), the most recent first: an object is then made right
 * after its parts and stands near them in memory. When nothing is ready there is a cycle: then
 * objects that can exist without their parts are allocated early and filled when their parts exist. Collections that hash
 * or compare rebuilt objects are chosen first, as they are then filled last, when their keys are complete.
 */
final class Schedule {
    /** After so many cycles on top of each other, all remaining ones are broken at once. */
    private static final int PATIENCE = 64;

    private static final int FRAGMENTED = 256;

    private final List<Node> nodes;
    private final int[] missing;
    private final int[][] waiting;
    private final boolean[] available;
    private final boolean[] early;
    /** Of objects that are allocated early, in which order. */
    private final int[] order;

    private final Map<Shape, ArrayDeque<Node>> ready = new LinkedHashMap<>();
    private final Map<Shape, ArrayDeque<Node>> late = new LinkedHashMap<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<Node> unbuildable = new ArrayList<>();
    private int allocated;
    private int slots;
    private int done;

    private Schedule(List<Node> nodes) {
        this.nodes = nodes;
        this.missing = new int[nodes.size()];
        this.available = new boolean[nodes.size()];
        this.early = new boolean[nodes.size()];
        this.order = new int[nodes.size()];
        this.waiting = Edges.reversed(nodes, missing);
    }

    /**
     * The groups in order; nodes get their slots.
     *
     * @param root what a fork gives away in the end; null if it is none of the nodes
     */
    static Schedule of(List<Node> nodes, @Nullable Node root) {
        Schedule schedule = new Schedule(nodes);
        schedule.run();
        if (nodes.size() > FRAGMENTED
                && schedule.groups.size() > nodes.size() / 4
                && nodes.stream().noneMatch(Schedule::constructed)) {
            schedule = new Schedule(nodes);
            schedule.allocate(
                    nodes.stream().filter(n -> n.shape instanceof ObjectShape).toList());
            schedule.run();
        }
        if (schedule.unbuildable.isEmpty()) {
            schedule.slots = Slots.assign(schedule.groups, nodes, root);
        }
        return schedule;
    }

    private static boolean constructed(Node node) {
        return node.shape instanceof ConstructedShape;
    }

    List<Group> groups() {
        return groups;
    }

    /** Number of slots, the first of which stays empty. */
    int slots() {
        return slots;
    }

    /** Objects in a cycle none of which can exist before its parts; empty when the graph can be rebuilt. */
    List<Node> unbuildable() {
        return unbuildable;
    }

    private void run() {
        for (Node node : nodes) {
            if (missing[node.index] == 0) {
                enqueue(node);
            }
        }
        int cycles = 0;
        while (done < nodes.size()) {
            if (!takeLargest(ready) && !takeLargest(late) && !breakCycles(++cycles > PATIENCE)) {
                nodes.stream().filter(n -> missing[n.index] > 0).forEach(unbuildable::add);
                return;
            }
        }
    }

    private void enqueue(Node node) {
        Map<Shape, ArrayDeque<Node>> queues = early[node.index] && node.keyed() ? late : ready;
        queues.computeIfAbsent(node.shape, s -> new ArrayDeque<>()).add(node);
    }

    private boolean takeLargest(Map<Shape, ArrayDeque<Node>> queues) {
        Map.Entry<Shape, ArrayDeque<Node>> largest = null;
        for (Map.Entry<Shape, ArrayDeque<Node>> entry : queues.entrySet()) {
            if (largest == null || entry.getValue().size() > largest.getValue().size()) {
                largest = entry;
            }
        }
        if (largest == null) {
            return false;
        }
        take(largest.getKey(), largest.getValue());
        queues.remove(largest.getKey());
        return true;
    }

    private void take(Shape shape, ArrayDeque<Node> queue) {
        List<Node> created = new ArrayList<>();
        List<Node> filled = new ArrayList<>();
        for (Node node = queue.pollLast(); node != null; node = queue.pollLast()) {
            done++;
            if (early[node.index]) {
                filled.add(node);
            } else {
                created.add(node);
                release(node);
            }
        }
        if (!created.isEmpty()) {
            groups.add(new Group(shape, Group.Mode.CREATE, created));
        }
        if (!filled.isEmpty()) {
            filled.sort(Comparator.comparingInt(n -> order[n.index]));
            groups.add(new Group(shape, Group.Mode.FILL, filled));
        }
    }

    private void release(Node node) {
        available[node.index] = true;
        for (int waiter : waiting[node.index]) {
            if (--missing[waiter] == 0) {
                enqueue(nodes.get(waiter));
            }
        }
    }

    private boolean breakCycles(boolean all) {
        List<Node> chosen = new ArrayList<>();
        for (List<Node> cycle : Edges.cycles(nodes, n -> !available[n.index] && missing[n.index] > 0)) {
            if (all || cycle.stream().allMatch(n -> waitsOnlyFor(n, cycle))) {
                chosen.addAll(choose(cycle));
            }
        }
        allocate(chosen);
        return !chosen.isEmpty();
    }

    /** Whether what a member of a cycle misses is in the same cycle: marked by {@link Edges#cycles}. */
    private boolean waitsOnlyFor(Node node, List<Node> cycle) {
        int first = Edges.component(cycle.get(0));
        for (int i = 0; i < node.kids(); i++) {
            Node kid = node.copiedKid(i);
            if (kid != null && !available[kid.index] && Edges.component(kid) != first) {
                return false;
            }
        }
        return true;
    }

    private static List<Node> choose(List<Node> cycle) {
        List<Node> keyed =
                cycle.stream().filter(n -> n.keyed() && n.allocatable()).toList();
        if (!keyed.isEmpty()) {
            return keyed;
        }
        Map<Shape, List<Node>> byShape = new LinkedHashMap<>();
        for (Node node : cycle) {
            if (node.allocatable()) {
                byShape.computeIfAbsent(node.shape, s -> new ArrayList<>()).add(node);
            }
        }
        return byShape.values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
    }

    private void allocate(List<Node> chosen) {
        Map<Shape, List<Node>> byShape = new LinkedHashMap<>();
        chosen.forEach(
                n -> byShape.computeIfAbsent(n.shape, s -> new ArrayList<>()).add(n));
        byShape.forEach((shape, members) -> {
            for (Node node : members) {
                early[node.index] = true;
                order[node.index] = allocated++;
            }
            groups.add(new Group(shape, Group.Mode.ALLOCATE, members));
        });
        for (Node node : chosen) {
            release(node);
        }
    }
}
