package dev.sluice.fork.order;

import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.walk.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** How far the order of a plan has come: which objects exist, and the groups so far, each made as soon as it is known. */
final class Progress {
    final List<Node> nodes;
    final List<Group> groups = new ArrayList<>();
    /** Of each object, how many references it holds to objects that do not exist yet. */
    final int[] missing;
    /** Whether each object was allocated before its parts. */
    final boolean[] early;

    private final Pristine pristine;
    private final int[][] waiting;
    private final boolean[] exists;
    private int done;

    Progress(List<Node> nodes, Pristine pristine) {
        this.nodes = nodes;
        this.pristine = pristine;
        this.missing = new int[nodes.size()];
        this.early = new boolean[nodes.size()];
        this.exists = new boolean[nodes.size()];
        this.waiting = Edges.reversed(nodes, missing);
    }

    boolean exists(Node node) {
        return exists[node.index];
    }

    /** Indexes of the objects that refer to this one, once per reference. */
    int[] waiting(Node node) {
        return waiting[node.index];
    }

    /** How many objects are complete as far as their own content goes. */
    int done() {
        return done;
    }

    Pristine pristine() {
        return pristine;
    }

    /** Whether what it needs to be allocated exists. */
    boolean headExists(Node node) {
        for (int i = 0; i < node.shape.head(); i++) {
            Node kid = node.copiedKid(i);
            if (kid != null && !exists(kid)) {
                return false;
            }
        }
        return true;
    }

    /** The object exists from now on: hands on those that miss nothing any more. */
    void exist(Node node, Consumer<Node> freed) {
        exists[node.index] = true;
        for (int waiter : waiting[node.index]) {
            if (--missing[waiter] == 0) {
                freed.accept(nodes.get(waiter));
            }
        }
    }

    /** The next step of the plan; its objects are made now. */
    void emit(Shape shape, Group.Mode mode, List<Node> members) {
        if (members.isEmpty()) {
            return;
        }
        Group group = new Group(shape, mode, members, mode == Group.Mode.PREFILL ? absent(members) : List.of());
        groups.add(group);
        if (mode == Group.Mode.CREATE || mode == Group.Mode.FILL) {
            done += members.size();
        }
        pristine.make(group);
    }

    /** One step for each shape. */
    void emitByShape(Group.Mode mode, List<Node> members) {
        byShape(members).forEach((shape, some) -> emit(shape, mode, some));
    }

    static Map<Shape, List<Node>> byShape(List<Node> members) {
        Map<Shape, List<Node>> byShape = new LinkedHashMap<>();
        members.forEach(
                n -> byShape.computeIfAbsent(n.shape, s -> new ArrayList<>()).add(n));
        return byShape;
    }

    /** Takes the shape with the most members out of the queues; each member taken may add to the same queue. */
    static void takeLargest(Map<Shape, ArrayDeque<Node>> queues, Consumer<Map.Entry<Shape, ArrayDeque<Node>>> taker) {
        Map.Entry<Shape, ArrayDeque<Node>> largest = null;
        for (Map.Entry<Shape, ArrayDeque<Node>> entry : queues.entrySet()) {
            if (largest == null || entry.getValue().size() > largest.getValue().size()) {
                largest = entry;
            }
        }
        if (largest != null) {
            Map.Entry<Shape, ArrayDeque<Node>> taken = Map.entry(largest.getKey(), largest.getValue());
            taker.accept(taken);
            queues.remove(taken.getKey());
        }
    }

    private List<Node> absent(List<Node> members) {
        List<Node> absent = new ArrayList<>();
        for (Node node : members) {
            for (int i = 0; i < node.kids(); i++) {
                Node kid = node.copiedKid(i);
                if (kid != null && !exists(kid)) {
                    absent.add(kid);
                }
            }
        }
        return absent;
    }
}
