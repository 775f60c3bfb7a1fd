package dev.sluice.fork.walk;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.shape.ArrayShape;
import dev.sluice.fork.shape.ConstructedShape;
import dev.sluice.fork.shape.Identity;
import dev.sluice.fork.shape.ListShape;
import dev.sluice.fork.shape.ObjectShape;
import dev.sluice.fork.source.HashingCode;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds hash tables of an application's own that are neither maps nor sets and hold rebuilt keys hashed by identity: the
 * copied keys hash differently, so look-ups in the copied table would fail. Such a table is known by its code, which asks
 * objects for their hash, and by the places of its keys. Where these say nothing, as with very few keys, it is a warning.
 */
final class OwnTableCheck {
    private static final int LONGEST_CHAIN = 1_000;
    /** Bits of evidence that may be an accident, as several ways to find a place are tried. */
    private static final double DOUBT = 10;

    private final Graph graph;
    private final Map<Object, Node> seen;
    private final HashingCode code = new HashingCode();

    private OwnTableCheck(Graph graph, Map<Object, Node> seen) {
        this.graph = graph;
        this.seen = seen;
    }

    static void run(Graph graph, Map<Object, Node> seen) {
        OwnTableCheck check = new OwnTableCheck(graph, seen);
        for (Node node : graph.copied()) {
            if (ofTheApplication(node) && !(node.source instanceof Map<?, ?>) && !(node.source instanceof Set<?>)) {
                check.object(node);
            }
        }
    }

    private static boolean ofTheApplication(Node node) {
        return node.shape instanceof ObjectShape || node.source instanceof Record;
    }

    private void object(Node node) {
        for (int i = 0; i < node.kids(); i++) {
            Node table = node.copiedKid(i);
            if (table != null && table.parts.length > 1 && table(table) && hashes(node)) {
                Finding finding = table(node, table);
                if (finding != null) {
                    graph.findings().add(finding);
                    return;
                }
            }
        }
    }

    private static boolean table(Node node) {
        return node.shape instanceof ArrayShape
                || node.shape instanceof ListShape && sparse(node)
                || node.source instanceof AtomicReferenceArray<?>;
    }

    /** The code of a segment may stand in what holds it, or in what holds that. */
    private boolean hashes(Node node) {
        Node holder = node;
        for (int i = 0; i < 3 && holder != null; i++) {
            if (ofTheApplication(holder) && code.in(holder.source.getClass())) {
                return true;
            }
            holder = holder.parent;
        }
        return false;
    }

    private @Nullable Finding table(Node node, Node table) {
        Places places = new Places(table);
        double byContent = 0;
        double byIdentity = 0;
        Object key = null;
        for (HashPlaces one : places.all().toList()) {
            Object risky = one.keys().stream().filter(this::atRisk).findFirst().orElse(null);
            if (risky == null) {
                byContent = Math.max(byContent, contentEvidence(one, places.probing(one)));
                continue;
            }
            double evidence = Math.max(
                    contentEvidence(one, places.probing(one)),
                    one.evidence(System::identityHashCode, places.probing(one)));
            if (key == null || evidence > byIdentity) {
                key = risky;
                byIdentity = evidence;
            }
        }
        if (key == null || byContent > byIdentity + DOUBT) {
            return null;
        }
        if (byIdentity > byContent + DOUBT) {
            return refused(node, key);
        }
        return sparse(table) ? doubtful(node, key) : null;
    }

    /** Hash tables have empty places, or collections in all of them. */
    private static boolean sparse(Node table) {
        List<Object> parts = Arrays.asList(table.parts);
        return parts.contains(null) || parts.stream().allMatch(part -> part instanceof Collection<?>);
    }

    private static double contentEvidence(HashPlaces places, boolean probing) {
        try {
            return places.evidence(OwnTableCheck::hash, probing);
        } catch (RuntimeException | StackOverflowError cannotBeHashed) {
            // What contains itself has no hash, and so is no key.
            return 0;
        }
    }

    private static int hash(Object key) {
        return Identity.hashed(key.getClass()) ? System.identityHashCode(key) : key.hashCode();
    }

    /** Whether its copy would be elsewhere. */
    private boolean atRisk(Object key) {
        Node node = seen.get(key);
        return node != null && node.copied && (key.getClass().isArray() || Identity.hashed(key.getClass()));
    }

    /** What may be the keys of a table, by the way in which they hang on its places. */
    private static final class Places {
        private final int length;
        private final Map<String, HashPlaces> byWay = new LinkedHashMap<>();
        private final HashPlaces own;

        Places(Node table) {
            length = table.parts.length;
            own = new HashPlaces(length);
            for (int i = 0; i < length; i++) {
                Object element = table.parts[i];
                if (element != null) {
                    own.add(i, element);
                    inside(i, element, table.kid(i));
                }
            }
        }

        Stream<HashPlaces> all() {
            return Stream.concat(Stream.of(own), byWay.values().stream());
        }

        /** Only what stands in the table itself can have moved on to the next place. */
        boolean probing(HashPlaces places) {
            return places == own;
        }

        private void add(String way, int place, Object key) {
            byWay.computeIfAbsent(way, w -> new HashPlaces(length)).add(place, key);
        }

        private void inside(int place, Object element, @Nullable Node node) {
            if (node == null) {
                return;
            }
            if (entry(node)) {
                chain(place, node, -1);
                for (int i = 0; i < node.kids(); i++) {
                    if (next(node, i)) {
                        chain(place, node, i);
                    }
                }
            } else if (element instanceof Collection<?> || element instanceof Object[]) {
                for (int i = 0; i < node.parts.length; i++) {
                    Object one = node.parts[i];
                    if (one != null) {
                        add("bucket", place, one);
                        Node inner = node.kid(i);
                        if (inner != null && entry(inner)) {
                            chain(place, inner, -1);
                        }
                    }
                }
            }
        }

        private static boolean entry(Node node) {
            return node.shape instanceof ObjectShape || node.shape instanceof ConstructedShape;
        }

        /** Whether that part is another entry of the same class. */
        private static boolean next(Node node, int part) {
            Node kid = node.kid(part);
            return kid != null && kid.shape == node.shape;
        }

        /** The fields of an entry, and of those that follow it by one of its fields. */
        private void chain(int place, Node first, int link) {
            Set<Node> seen = new HashSet<>();
            Node entry = first;
            while (entry != null && seen.size() < LONGEST_CHAIN && seen.add(entry)) {
                for (int i = 0; i < entry.parts.length; i++) {
                    Object part = entry.parts[i];
                    if (part != null && part.getClass() != entry.source.getClass()) {
                        add(entry.shape.type.getName() + entry.shape.label(entry.parts, i) + link, place, part);
                    }
                }
                entry = link >= 0 && next(entry, link) ? entry.kid(link) : null;
            }
        }
    }

    private Finding refused(Node node, Object key) {
        return finding(
                Finding.Severity.BLOCKER,
                node,
                "is a hash table of its own with rebuilt keys of "
                        + key.getClass().getName() + ", which are hashed by identity",
                "use a map of the JDK, give the key class equals and hashCode, or share the type");
    }

    private Finding doubtful(Node node, Object key) {
        return finding(
                Finding.Severity.WARNING,
                node,
                "its code hashes objects, and it holds rebuilt objects of "
                        + key.getClass().getName()
                        + ", which are hashed by identity: if they are its keys, a fork does not find them",
                "use a map of the JDK, or give the key class equals and hashCode");
    }

    private Finding finding(Finding.Severity severity, Node node, String problem, String advice) {
        return LambdaOrigin.finding(
                severity, Finding.Kind.IDENTITY_HASH, node, graph.name(), node.source, problem, advice);
    }
}
