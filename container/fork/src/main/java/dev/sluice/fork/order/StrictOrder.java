package dev.sluice.fork.order;

import dev.sluice.fork.shape.ObjectShape;
import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.walk.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Orders objects some of which look into others while they are made or filled: collections that hash or compare, and
 * records with their constructors.
 *
 * <ol>
 *   <li>Everything is allocated that can exist without its parts; what needs them but does not look into them (lambdas,
 *       wrappers) is created as soon as they exist.
 *   <li>Every field, array and list is set. An object that waits for something that does not exist yet is set as far as
 *       possible.
 *   <li>What looks into others follows, one after the other: first collections whose keys hash and compare like those of
 *       the template, then records, then other collections, keys before their holders.
 * </ol>
 */
final class StrictOrder {
    private final Progress progress;
    private final Pristine pristine;
    private final boolean[] member;
    private final int[] prefilled;
    /** Objects to create when their parts exist, that do not look into them. */
    private final Map<Shape, ArrayDeque<Node>> blind = new LinkedHashMap<>();

    private final List<Node> fillable = new ArrayList<>();
    private final Set<Node> waiting = new LinkedHashSet<>();
    private final Set<Node> late = new LinkedHashSet<>();
    private final List<Node> headless = new ArrayList<>();

    StrictOrder(Progress progress) {
        this.progress = progress;
        this.pristine = progress.pristine();
        this.member = new boolean[progress.nodes.size()];
        this.prefilled = new int[member.length];
    }

    /** The objects that could not be ordered; empty when all could. */
    Collection<Node> run(List<Node> members) {
        members.forEach(n -> member[n.index] = true);
        int end = progress.done() + members.size();
        for (Node node : members) {
            if (!node.shape.allocatable() && progress.missing[node.index] == 0) {
                freed(node);
            }
        }
        allocate(members);
        while (progress.done() < end) {
            if (!create() && !allocateHeadless() && !fill()) {
                prefill();
                if (!look()) {
                    return members.stream().filter(n -> !progress.exists(n)).toList();
                }
            }
        }
        return List.of();
    }

    private void allocate(List<Node> members) {
        List<Node> now = new ArrayList<>();
        for (Node node : members) {
            if (node.shape.allocatable()) {
                (progress.headExists(node) ? now : headless).add(node);
            }
        }
        allocateNow(now);
    }

    private void allocateNow(List<Node> nodes) {
        nodes.forEach(n -> progress.early[n.index] = true);
        progress.emitByShape(Group.Mode.ALLOCATE, nodes);
        for (Node node : nodes) {
            if (progress.missing[node.index] == 0) {
                freed(node);
            } else {
                waiting.add(node);
            }
        }
        nodes.forEach(n -> progress.exist(n, this::freed));
    }

    private boolean allocateHeadless() {
        List<Node> now = headless.stream().filter(progress::headExists).toList();
        headless.removeAll(now);
        allocateNow(now);
        return !now.isEmpty();
    }

    /** Nothing is missing for this object any more. */
    private void freed(Node node) {
        if (!member[node.index] || node.shape.allocatable() && !progress.early[node.index]) {
            return;
        }
        waiting.remove(node);
        if (node.late()) {
            late.add(node);
        } else if (node.shape.allocatable()) {
            fillable.add(node);
        } else {
            blind.computeIfAbsent(node.shape, s -> new ArrayDeque<>()).add(node);
        }
    }

    private boolean create() {
        if (blind.isEmpty()) {
            return false;
        }
        Progress.takeLargest(blind, entry -> {
            List<Node> created = new ArrayList<>();
            ArrayDeque<Node> queue = entry.getValue();
            for (Node node = queue.pollLast(); node != null; node = queue.pollLast()) {
                created.add(node);
                progress.exist(node, this::freed);
            }
            progress.emit(entry.getKey(), Group.Mode.CREATE, created);
        });
        return true;
    }

    private boolean fill() {
        if (fillable.isEmpty()) {
            return false;
        }
        progress.emitByShape(Group.Mode.FILL, List.copyOf(fillable));
        fillable.clear();
        return true;
    }

    /** Objects and arrays that wait for something get what exists by now. */
    private void prefill() {
        List<Node> partly = new ArrayList<>();
        for (Node node : waiting) {
            int missing = progress.missing[node.index];
            if (node.shape.refillable() && prefilled[node.index] != missing) {
                prefilled[node.index] = missing;
                partly.add(node);
            }
        }
        progress.emitByShape(Group.Mode.PREFILL, partly);
    }

    /** Some of those that look into others; false when there are none. */
    private boolean look() {
        List<Node> next = late.stream().filter(pristine::certain).toList();
        if (next.isEmpty()) {
            next = late.stream().filter(n -> !n.shape.allocatable()).toList();
            List<Node> fed = next.stream().filter(n -> !holdsLate(n)).toList();
            next = fed.isEmpty() ? next.stream().limit(1).toList() : fed;
        }
        if (next.isEmpty()) {
            List<Node> inner = late.stream().filter(n -> !holdsLate(n)).toList();
            next = inner.isEmpty() ? List.copyOf(late) : inner;
        }
        next.forEach(late::remove);
        make(next);
        return !next.isEmpty();
    }

    /** Whether one of the parts that it looks into is to be filled itself, directly or inside a part that is a collection. */
    private boolean holdsLate(Node node) {
        Set<Node> seen = new LinkedHashSet<>(List.of(node));
        ArrayDeque<Node> pending = new ArrayDeque<>(List.of(node));
        for (Node at = pending.poll(); at != null; at = pending.poll()) {
            for (int i = 0; i < at.kids(); i++) {
                Node kid = at.copiedKid(i);
                if (kid == null || at == node && !node.shape.looksInto(i)) {
                    continue;
                }
                if (late.contains(kid) && kid != node) {
                    return true;
                }
                if (!(kid.shape instanceof ObjectShape) && seen.add(kid)) {
                    pending.add(kid);
                }
            }
        }
        return false;
    }

    private void make(List<Node> next) {
        List<Node> filled = new ArrayList<>();
        List<Node> created = new ArrayList<>();
        next.forEach(n -> (n.shape.allocatable() ? filled : created).add(n));
        progress.emitByShape(Group.Mode.FILL, filled);
        progress.emitByShape(Group.Mode.CREATE, created);
        created.forEach(n -> progress.exist(n, this::freed));
    }
}
