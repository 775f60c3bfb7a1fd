package dev.sluice.fork.proof;

import dev.sluice.fork.plan.Plan;
import dev.sluice.fork.plan.Recorder;
import dev.sluice.fork.report.Finding;
import dev.sluice.fork.shape.ClassOrigin;
import dev.sluice.fork.shape.Paths;
import dev.sluice.fork.walk.Graph;
import dev.sluice.fork.walk.LambdaOrigin;
import dev.sluice.fork.walk.Node;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares one real fork with the objects that were published, before anybody is served: the same classes, values, order and
 * sizes, the same object wherever the template has one object in several places, nothing mutable in both, and every key
 * of every hash or sorted collection found when it is asked for.
 *
 * <p>Reads each object once and asks for each key once, from the root outwards, for at most {@link #LONGEST} and as
 * many objects as wanted.
 */
public final class Proof {
    /** After this time the comparison ends with a warning. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int BETWEEN_CLOCKS = 64;

    private final String name;
    private final Recorder recorder;
    private final Object[] there;
    private final Map<Object, Node> back = new IdentityHashMap<>();
    private final Deque<Node> pending = new ArrayDeque<>();
    private final List<Node> searchable = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private boolean sampled;

    private Proof(String name, int objects, Recorder recorder) {
        this.name = name;
        this.recorder = recorder;
        this.there = new Object[objects];
    }

    /** What is wrong with a fork: one blocker, or warnings. */
    public static List<Finding> of(Graph graph, Plan plan, int provedObjects) {
        return of(graph, plan, provedObjects, LONGEST);
    }

    /** The same, with another limit on its time. */
    public static List<Finding> of(Graph graph, Plan plan, int provedObjects, Duration longest) {
        Node root = graph.rootNode();
        if (root == null || !root.copied) {
            return List.of();
        }
        Recorder recorder = new Recorder();
        Proof proof = new Proof(graph.name(), graph.copied().size(), recorder);
        try {
            proof.pair(root, plan.fork(recorder), root);
            proof.run(provedObjects, longest);
        } catch (Difference difference) {
            proof.findings.add(proof.finding(difference));
        } catch (RuntimeException e) {
            proof.findings.add(proof.finding(new Difference(root, "making or reading a fork failed: " + e)));
        }
        return proof.findings;
    }

    /** Ends the comparison at the first difference. */
    private static final class Difference extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Node node;

        Difference(Node node, String problem) {
            super(problem, null, false, false);
            this.node = node;
        }
    }

    private void run(int most, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        int compared = 0;
        for (Node node = pending.poll(); node != null; node = pending.poll()) {
            boolean late = compared % BETWEEN_CLOCKS == 0 && System.nanoTime() - end > 0;
            if (compared == most || late) {
                onlySampled(compared);
                break;
            }
            compare(node, Objects.requireNonNull(there[node.index]));
            compared++;
        }
        for (Node node : searchable) {
            if (System.nanoTime() - end > 0) {
                onlySampled(compared);
                return;
            }
            lookUp(node);
        }
    }

    private void pair(Node node, @Nullable Object fork, Node holder) {
        Object known = there[node.index];
        if (known != null) {
            if (known != fork) {
                throw new Difference(
                        node,
                        "is one object in the template and several in a fork, one of them in " + holder.path(name));
            }
            return;
        }
        if (fork == null || !sameClass(fork.getClass(), node.original.getClass())) {
            String found = fork == null ? "null" : fork.getClass().getName();
            throw new Difference(
                    node,
                    found + " in a fork (in the template: "
                            + node.original.getClass().getName() + ")");
        }
        if (fork == node.original || fork == node.source) {
            throw new Difference(node, "a fork has the object of the template instead of a copy");
        }
        if (back.put(fork, node) != null) {
            throw new Difference(node, "a fork has one object where the template has several");
        }
        there[node.index] = fork;
        pending.add(node);
    }

    /** A lambda of the JDK that was rebuilt from its serialized form has another class, made by the same class. */
    private static boolean sameClass(Class<?> fork, Class<?> template) {
        return fork == template
                || ClassOrigin.isLambda(fork)
                        && ClassOrigin.isLambda(template)
                        && ClassOrigin.inJdk(template)
                        && maker(fork).equals(maker(template));
    }

    private static String maker(Class<?> lambda) {
        return lambda.getName().substring(0, lambda.getName().indexOf("$$Lambda"));
    }

    private void compare(Node node, Object fork) {
        String difference = node.shape.difference(node.original, fork);
        if (difference != null) {
            throw new Difference(node, difference);
        }
        Object[] parts = node.shape.parts(fork);
        if (parts.length != node.parts.length) {
            int from = node.shape.keysFrom();
            int stride = node.shape.stride();
            throw new Difference(
                    node,
                    (parts.length - from) / stride + " elements in a fork (in the template: "
                            + (node.parts.length - from) / stride + ")");
        }
        int unordered = node.shape.unorderedFrom();
        int positions = unordered < 0 ? parts.length : unordered;
        for (int i = 0; i < positions; i++) {
            part(node, i, parts[i]);
        }
        if (unordered >= 0) {
            new Entries(node, fork, parts, unordered).pair();
        }
        if (node.shape.searchable()) {
            searchable.add(node);
        }
    }

    private void part(Node node, int index, @Nullable Object value) {
        Node kid = node.copiedKid(index);
        if (kid != null) {
            pair(kid, value, node);
        } else if (!same(node.parts[index], value)) {
            String label = node.shape.label(node.parts, index);
            throw new Difference(
                    node,
                    label + " is " + Paths.value(value) + " in a fork (in the template: "
                            + Paths.value(node.parts[index]) + ")");
        }
    }

    /** The same object; or equal ones, where what a wrapper holds can only be read as an equal copy. */
    private static boolean same(@Nullable Object a, @Nullable Object b) {
        return a == b || a != null && b != null && a.getClass() == b.getClass() && a.equals(b);
    }

    /** Asks for every key, after everything was compared: comparators may have side effects. */
    private void lookUp(Node node) {
        Object fork = Objects.requireNonNull(there[node.index]);
        Object[] parts = node.shape.parts(fork);
        int stride = node.shape.stride();
        for (int i = node.shape.keysFrom(); i < parts.length; i += stride) {
            if (!node.shape.finds(fork, parts[i]) && templateFindsAll(node)) {
                throw new Difference(
                        node,
                        "the key " + Paths.value(parts[i]) + " is in a fork but is not found when it is asked for");
            }
        }
        if (node.rebuiltKeys() && !templateFindsAll(node)) {
            findings.add(broken(node));
        }
    }

    private static boolean templateFindsAll(Node node) {
        for (int i = node.shape.keysFrom(); i < node.parts.length; i += node.shape.stride()) {
            if (!node.shape.finds(node.original, node.parts[i])) {
                return false;
            }
        }
        return true;
    }

    /** Finds for each element of a hash table of the template its copy in the fork, wherever that iterates. */
    private final class Entries {
        private final Node node;
        private final Object @Nullable [] filled;
        private final Object[] parts;
        private final int from;
        private final int stride;
        private final Map<Object, Integer> places = new IdentityHashMap<>();

        Entries(Node node, Object fork, Object[] parts, int from) {
            this.node = node;
            this.parts = parts;
            this.from = from;
            this.stride = node.shape.stride();
            this.filled = recorder.parts(fork);
            for (int i = from; i < parts.length; i += stride) {
                places.put(parts[i], i);
            }
        }

        void pair() {
            for (int i = from; i < parts.length; i += stride) {
                Integer place = place(i);
                if (place == null) {
                    throw new Difference(
                            node,
                            "the element " + Paths.value(node.parts[i]) + " of the template is missing in a fork");
                }
                for (int j = 0; j < stride; j++) {
                    part(node, i + j, parts[place + j]);
                }
            }
        }

        private @Nullable Integer place(int index) {
            Node kid = node.copiedKid(index);
            Object key = node.parts[index];
            if (kid != null) {
                key = filled != null ? filled[index] : there[kid.index];
            }
            Integer place = places.remove(key);
            return place != null ? place : equal(node.parts[index]);
        }

        /** For collections that a wrapper only shows as a copy. */
        private @Nullable Integer equal(Object key) {
            for (Map.Entry<Object, Integer> entry : places.entrySet()) {
                if (same(key, entry.getKey())) {
                    return places.remove(entry.getKey());
                }
            }
            return null;
        }
    }

    private Finding finding(Difference difference) {
        Node node = difference.node;
        return LambdaOrigin.finding(
                Finding.Severity.BLOCKER,
                Finding.Kind.DIFFERENT,
                node,
                name,
                node.original,
                "a fork would not be like the template: " + difference.getMessage(),
                advice(node));
    }

    private static String advice(Node node) {
        if (node.original.getClass().isRecord()) {
            return "the constructor of a record runs again for every copy, with the record's own values: let it keep what it"
                    + " is given, and change values in a factory method";
        }
        return switch (node.shape.looks()) {
            case HASH, COMPARE ->
                "keys are put in again when the rest of the fork is complete: see that they are not hashed or compared by this"
                        + " collection itself, that no two of them became equal after they were put in, and that comparators"
                        + " have no side effects";
            default -> "share it with @Shared if it never changes, or keep its content in another form";
        };
    }

    private Finding broken(Node node) {
        return LambdaOrigin.finding(
                Finding.Severity.WARNING,
                Finding.Kind.DIFFERENT,
                node,
                name,
                node.original,
                "the template itself does not find all of its keys: some were changed after they were put in; forks may find"
                        + " them",
                "do not change what keys are hashed or compared by");
    }

    private void onlySampled(int compared) {
        if (sampled) {
            return;
        }
        sampled = true;
        Node root = first();
        findings.add(LambdaOrigin.finding(
                Finding.Severity.WARNING,
                Finding.Kind.SAMPLED,
                root,
                name,
                root.original,
                "only the " + compared + " of " + there.length
                        + " objects nearest to the root were compared with a fork, and their keys looked up",
                "make the template smaller, or allow more objects to be compared"));
    }

    private Node first() {
        Node node = back.values().iterator().next();
        while (node.parent != null) {
            node = node.parent;
        }
        return node;
    }
}
