package dev.sluice.fork.walk;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.shape.ObjectShape;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds hash tables that are copied field by field (of the application or of a library) and hold keys hashed by
 * identity: the copied keys hash differently, so look-ups in the copied table would fail.
 */
final class IdentityHashCheck {
    private IdentityHashCheck() {}

    static void run(Graph graph, Map<Object, Node> seen) {
        for (Node node : graph.copied()) {
            if (node.shape instanceof ObjectShape) {
                Object key = misplaced(keys(node.source), seen);
                if (key != null) {
                    graph.findings().add(finding(graph.name(), node, key));
                }
            }
        }
    }

    private static Collection<?> keys(Object object) {
        try {
            if (object instanceof Map<?, ?> map && !(object instanceof java.util.SortedMap<?, ?>)) {
                return List.copyOf(map.keySet());
            }
            return object instanceof Set<?> set && !(object instanceof java.util.SortedSet<?>)
                    ? List.copyOf(set)
                    : List.of();
        } catch (RuntimeException unreadable) {
            // A collection that cannot be iterated, or that holds null, tells nothing about its keys.
            return List.of();
        }
    }

    private static @Nullable Object misplaced(Collection<?> keys, Map<Object, Node> seen) {
        for (Object key : keys) {
            Node node = seen.get(key);
            if (node != null && node.copied && hashedByIdentity(key.getClass())) {
                return key;
            }
        }
        return null;
    }

    private static boolean hashedByIdentity(Class<?> type) {
        try {
            Method hashCode = type.getMethod("hashCode");
            return hashCode.getDeclaringClass() == Object.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type.getName() + " has no hashCode", e);
        }
    }

    private static Finding finding(String name, Node node, Object key) {
        return new Finding(
                Finding.Severity.BLOCKER,
                Finding.Kind.IDENTITY_HASH,
                node.path(name),
                node.source.getClass().getName(),
                null,
                "holds mutable keys of " + key.getClass().getName()
                        + ", which are hashed by identity, in a table of its own",
                "use a map of the JDK, give the key class equals and hashCode, or share the type");
    }
}
