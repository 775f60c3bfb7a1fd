package dev.sluice.fork.order;

import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.walk.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the objects to rebuild into an order in which each can be made, in groups of one shape that are as long as
 * possible.
 *
 * <p>An object is ready when all that it leads to is complete; of the ready ones the shape with the most is taken, with
 * everything of that shape that becomes ready meanwhile (a linked list is one group), the most recent first: an object is then
 * made right after its parts and stands near them in memory. Objects that lead to each other form a cycle, which is ordered
 * as a whole when all around it is complete: by {@link StrictOrder} if one of them looks into others while it is made, otherwise
 * by {@link LooseCycles}.
 */
public final class Schedule {
    /** After so many layers of cycles, all that is left is ordered as one. */
    private static final int PATIENCE = 64;

    private static final int FRAGMENTED = 256;

    private final List<Node> nodes;
    private final Progress progress;
    /** The cycle of each object; those that are in none are alone. */
    private final int[] unit;

    private final List<List<Node>> members;
    /** Of each cycle, how many references lead to objects outside that are not complete. */
    private final int[] open;

    private final Map<Shape, ArrayDeque<Node>> ready = new LinkedHashMap<>();
    private final List<Integer> readyCycles = new ArrayList<>();
    private final List<Node> unbuildable = new ArrayList<>();
    private int slots;

    private Schedule(List<Node> nodes, Pristine pristine) {
        this.nodes = nodes;
        this.progress = new Progress(nodes, pristine);
        this.unit = new int[nodes.size()];
        this.members = units(nodes, unit);
        this.open = new int[members.size()];
    }

    /**
     * The groups in order; nodes get their slots, and the pristine copies are made on the way.
     *
     * @param root what a fork gives away in the end; null if it is none of the nodes
     */
    public static Schedule of(List<Node> nodes, @Nullable Node root, Pristine pristine) {
        Schedule schedule = new Schedule(nodes, pristine);
        schedule.run();
        if (nodes.size() > FRAGMENTED && schedule.groups().size() > nodes.size() / 4) {
            nodes.forEach(n -> n.copy = null);
            schedule = new Schedule(nodes, pristine);
            schedule.unbuildable.addAll(new StrictOrder(schedule.progress).run(nodes));
        }
        if (schedule.unbuildable.isEmpty()) {
            schedule.slots = Slots.assign(schedule.groups(), nodes, root);
        }
        return schedule;
    }

    public List<Group> groups() {
        return progress.groups;
    }

    /** Number of slots, the first of which stays empty. */
    public int slots() {
        return slots;
    }

    /** Objects in a cycle none of which can exist before its parts; empty when the graph can be rebuilt. */
    List<Node> unbuildable() {
        return unbuildable;
    }

    /** The object by which a cycle that cannot be built was entered. */
    public Optional<Node> culprit() {
        Set<Node> left = new HashSet<>(unbuildable);
        return Edges.cycles(nodes, left::contains).stream()
                .map(cycle -> cycle.get(cycle.size() - 1))
                .findFirst()
                .or(() -> unbuildable.stream().findFirst());
    }

    private static List<List<Node>> units(List<Node> nodes, int[] unit) {
        List<List<Node>> members = new ArrayList<>();
        java.util.Arrays.fill(unit, -1);
        for (List<Node> cycle : Edges.cycles(nodes, n -> true)) {
            cycle.forEach(n -> unit[n.index] = members.size());
            members.add(cycle);
        }
        for (Node node : nodes) {
            if (unit[node.index] < 0) {
                unit[node.index] = members.size();
                members.add(List.of(node));
            }
        }
        return members;
    }

    private void run() {
        for (Node node : nodes) {
            for (int i = 0; i < node.kids(); i++) {
                Node kid = node.copiedKid(i);
                if (kid != null && unit[kid.index] != unit[node.index]) {
                    open[unit[node.index]]++;
                }
            }
        }
        for (int i = 0; i < open.length; i++) {
            if (open[i] == 0) {
                enqueue(i);
            }
        }
        int layers = 0;
        while (progress.done() < nodes.size() && unbuildable.isEmpty()) {
            if (!ready.isEmpty()) {
                Progress.takeLargest(ready, e -> create(e.getKey(), e.getValue()));
            } else if (++layers > PATIENCE) {
                unbuildable.addAll(new StrictOrder(progress)
                        .run(nodes.stream().filter(n -> !progress.exists(n)).toList()));
            } else {
                cycles();
            }
        }
    }

    private boolean alone(int at) {
        return members.get(at).size() == 1 && !refersToItself(members.get(at).get(0));
    }

    private static boolean refersToItself(Node node) {
        for (int i = 0; i < node.kids(); i++) {
            if (node.kid(i) == node) {
                return true;
            }
        }
        return false;
    }

    private void enqueue(int at) {
        if (alone(at)) {
            Node node = members.get(at).get(0);
            ready.computeIfAbsent(node.shape, s -> new ArrayDeque<>()).add(node);
        } else {
            readyCycles.add(at);
        }
    }

    private void create(Shape shape, ArrayDeque<Node> queue) {
        List<Node> created = new ArrayList<>();
        for (Node node = queue.pollLast(); node != null; node = queue.pollLast()) {
            created.add(node);
            progress.exist(node, n -> {});
            complete(unit[node.index]);
        }
        progress.emit(shape, Group.Mode.CREATE, created);
    }

    /** Orders all cycles that are ready: first those without anything that looks into others. */
    private void cycles() {
        List<Integer> loose = readyCycles.stream()
                .filter(at -> members.get(at).stream().noneMatch(Node::late))
                .toList();
        List<Integer> now = loose.isEmpty() ? List.copyOf(readyCycles) : loose;
        readyCycles.removeAll(now);
        List<Node> all = now.stream().flatMap(at -> members.get(at).stream()).toList();
        if (loose.isEmpty()) {
            unbuildable.addAll(new StrictOrder(progress).run(all));
        } else if (!new LooseCycles(progress).run(all)) {
            unbuildable.addAll(all.stream().filter(n -> !progress.exists(n)).toList());
        }
        now.forEach(this::complete);
    }

    private void complete(int at) {
        for (Node node : members.get(at)) {
            for (int waiter : progress.waiting(node)) {
                int other = unit[waiter];
                if (other != at && --open[other] == 0) {
                    enqueue(other);
                }
            }
        }
    }
}
