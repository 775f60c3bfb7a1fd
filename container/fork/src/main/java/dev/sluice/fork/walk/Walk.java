package dev.sluice.fork.walk;

import dev.sluice.fork.jdk.RandomShape;
import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.ForkPlan;
import dev.sluice.fork.shape.LeafShape;
import dev.sluice.fork.shape.RoleShape;
import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.shape.Verdict;
import dev.sluice.fork.treatment.Classifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks a graph of objects breadth first, without recursion: decides for every object what a fork does with it, and
 * collects what stands against forking it.
 */
public final class Walk {
    /** A graph that is over the limit is walked on to this multiple of it, so that the message can name the culprits. */
    private static final int OVERRUN = 4;

    private static final int MOST_FINDINGS = 1000;
    private static final Shape NO_SHAPE =
            new LeafShape(Object.class, o -> 0, java.util.function.UnaryOperator.identity());
    private static final Node NO_NODE = new Node(NO_SHAPE, "", null, -1);

    private final String name;
    private final int maximumObjects;
    private final Classifier classifier;
    private final EnumState enums;
    private final Map<Object, Node> seen = new IdentityHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    /** What fields annotated as shared refer to, with the path of the first such field; kept from walk to walk. */
    private final Map<Object, String> sharedByField;

    private final Map<Object, Boolean> warned = new IdentityHashMap<>();
    private boolean contradicted;
    private long shared;
    private long mutable;

    private Walk(String name, Classifier classifier, int maximumObjects, Map<Object, String> sharedByField) {
        this.name = name;
        this.sharedByField = sharedByField;
        this.maximumObjects = maximumObjects;
        this.classifier = classifier;
        this.enums = new EnumState(classifier);
    }

    /**
     * Walks until nothing is reached both as shared and as copied: what a field annotated {@code @Shared} refers to is shared
     * wherever else it is reached.
     */
    public static Graph of(String name, Object root, Classifier classifier, int maximumObjects) {
        Map<Object, String> shared = new IdentityHashMap<>();
        while (true) {
            int before = shared.size();
            Walk walk = new Walk(name, classifier, maximumObjects, shared);
            Graph graph = walk.walk(root);
            if (shared.size() == before || !walk.contradicted) {
                return graph;
            }
        }
    }

    private Graph walk(Object root) {
        Node rootNode = visit(root, null, -1);
        long most = (long) maximumObjects * OVERRUN;
        for (int next = 0; next < nodes.size() && mutable <= most; next++) {
            expand(nodes.get(next));
        }
        List<Node> copied = markCopied();
        Graph graph = new Graph(name, root, rootNode, nodes, copied, shared, findings);
        graph.measure();
        if (copied.size() > maximumObjects) {
            findings.add(0, tooLarge(graph));
        }
        copied.forEach(this::refuseRole);
        IdentityHashCheck.run(graph, seen);
        OwnTableCheck.run(graph, seen);
        SingletonCheck.run(graph);
        return graph;
    }

    private void expand(Node node) {
        Object[] parts;
        try {
            parts = node.shape.parts(node.source);
        } catch (RuntimeException e) {
            findings.add(LambdaOrigin.finding(
                    Finding.Severity.BLOCKER,
                    Finding.Kind.APPLICATION_CODE,
                    node,
                    name,
                    node.source,
                    "its content could not be read: " + e,
                    "see that it can be read by one thread without side effects, or share the type"));
            return;
        }
        node.parts = parts;
        for (int i = 0; i < parts.length; i++) {
            Object part = parts[i];
            if (part == null) {
                continue;
            }
            if (node.shape.sharedPart(i)) {
                shareByField(node, i, part);
                continue;
            }
            Node kid = visit(part, node, i);
            if (kid != null) {
                node.kid(i, kid);
            }
        }
    }

    /** Objects that are never looked at twice and whose number says nothing: numbers, truth values, characters. */
    private static boolean trivial(Object object) {
        return object instanceof Integer
                || object instanceof Long
                || object instanceof Boolean
                || object instanceof Double
                || object instanceof Character
                || object instanceof Short
                || object instanceof Byte
                || object instanceof Float;
    }

    private void share(Object object) {
        if (seen.put(object, NO_NODE) == null) {
            shared++;
        }
    }

    private void shareByField(Node node, int part, Object object) {
        if (trivial(object)) {
            return;
        }
        if (sharedByField.putIfAbsent(object, new Node(NO_SHAPE, object, node, part).path(name)) == null) {
            Node known = seen.get(object);
            contradicted |= known != null && known != NO_NODE;
        }
        if (seen.get(object) == null) {
            share(object);
        }
    }

    /** An object that a field shares is reached by an ordinary path as well. */
    private void alsoShared(Object object, @Nullable Node parent, int part, String field) {
        if (warned.put(object, true) != null || !(classifier.verdict(object) instanceof Shape)) {
            return;
        }
        Node place = new Node(NO_SHAPE, object, parent, part);
        findings.add(LambdaOrigin.finding(
                parent == null ? Finding.Severity.BLOCKER : Finding.Severity.WARNING,
                Finding.Kind.SHARED_BY_FIELD,
                place,
                name,
                object,
                parent == null
                        ? "the template itself is shared by " + field
                        : "shared by all forks here too, because " + field + " is annotated @Shared",
                "see that it may be used by all requests at once, or let the two refer to different objects"));
    }

    private @Nullable Node visit(Object object, @Nullable Node parent, int part) {
        if (trivial(object)) {
            return null;
        }
        String field = sharedByField.get(object);
        if (field != null) {
            alsoShared(object, parent, part, field);
            share(object);
            return null;
        }
        Node known = seen.get(object);
        if (known != null) {
            return known == NO_NODE ? null : known;
        }
        Verdict verdict = classifier.verdict(object);
        if (verdict instanceof Shape shape) {
            Node node = new Node(shape, object, parent, part);
            seen.put(object, node);
            nodes.add(node);
            mutable += shape.mutable() ? 1 : 0;
            warn(node);
            return node;
        }
        if (verdict instanceof Verdict.Refused refused && findings.size() < MOST_FINDINGS) {
            Node place = new Node(NO_SHAPE, object, parent, part);
            findings.add(LambdaOrigin.finding(
                    Finding.Severity.BLOCKER,
                    refused.kind(),
                    place,
                    name,
                    object,
                    refused.problem(),
                    refused.advice()));
        }
        if (object instanceof Enum<?> constant) {
            warn(constant, parent, part);
        }
        share(object);
        return null;
    }

    private void warn(Enum<?> constant, @Nullable Node parent, int part) {
        String state = enums.mutable(constant);
        if (state != null) {
            findings.add(LambdaOrigin.finding(
                    Finding.Severity.WARNING,
                    Finding.Kind.ENUM_STATE,
                    new Node(NO_SHAPE, constant, parent, part),
                    name,
                    constant,
                    "a constant of an enum is the same for all requests, and " + constant.name() + state
                            + " can be changed",
                    "keep in an enum only what never changes"));
        }
    }

    private void refuseRole(Node node) {
        if (node.shape instanceof RoleShape role) {
            findings.add(
                    LambdaOrigin.finding(
                            Finding.Severity.BLOCKER,
                            role.kind(),
                            node,
                            name,
                            node.source,
                            role.problem(),
                            "keep that state in an object of its own, or mark the field @Shared if all requests may use the same one"));
        }
    }

    private void warn(Node node) {
        if (node.shape instanceof RandomShape) {
            findings.add(LambdaOrigin.finding(
                    Finding.Severity.WARNING,
                    Finding.Kind.REPEATED_RANDOM,
                    node,
                    name,
                    node.source,
                    "every fork continues the same random sequence",
                    "use SecureRandom (shared) for tokens and ThreadLocalRandom.current() for the rest, unless repetition is"
                            + " wanted"));
        }
    }

    /** An object is rebuilt when it is mutable or leads to one that is. */
    private List<Node> markCopied() {
        Map<Node, List<Node>> referrers = new IdentityHashMap<>();
        ArrayDeque<Node> pending = new ArrayDeque<>();
        for (Node node : nodes) {
            for (int i = 0; i < node.kids(); i++) {
                Node kid = node.kid(i);
                if (kid != null && !node.shape.mutable()) {
                    referrers.computeIfAbsent(kid, k -> new ArrayList<>(1)).add(node);
                }
            }
            if (node.shape.mutable()) {
                node.copied = true;
                pending.add(node);
            }
        }
        for (Node node = pending.poll(); node != null; node = pending.poll()) {
            for (Node referrer : referrers.getOrDefault(node, List.of())) {
                if (!referrer.copied) {
                    referrer.copied = true;
                    pending.add(referrer);
                }
            }
        }
        List<Node> copied = new ArrayList<>();
        for (Node node : nodes) {
            if (node.copied) {
                node.index = copied.size();
                copied.add(node);
            }
        }
        shared += nodes.size() - copied.size();
        return copied;
    }

    private Finding tooLarge(Graph graph) {
        StringBuilder problem = new StringBuilder();
        problem.append(mutable > (long) maximumObjects * OVERRUN ? "more than " : "")
                .append(graph.copied().size())
                .append(" mutable objects (allowed: ")
                .append(maximumObjects)
                .append("); the biggest branches are ");
        List<ForkPlan.Branch> branches = graph.branches();
        for (int i = 0; i < branches.size(); i++) {
            problem.append(i == 0 ? "" : ", ").append(branches.get(i));
        }
        return new Finding(
                Finding.Severity.BLOCKER,
                Finding.Kind.TOO_LARGE,
                name,
                graph.root().getClass().getName(),
                null,
                problem.toString(),
                "make what never changes immutable (records, List.copyOf, Map.copyOf), mark it @Shared, or raise the limit");
    }
}
