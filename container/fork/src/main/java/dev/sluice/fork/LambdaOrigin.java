package dev.sluice.fork;

import org.jspecify.annotations.Nullable;

/** Tells where the lambda on the way to an object was made. */
final class LambdaOrigin {
    private LambdaOrigin() {}

    /** A finding at a node, with the source location of the nearest lambda above it. */
    static Finding finding(
            Finding.Severity severity,
            Finding.Kind kind,
            Node node,
            String name,
            Object object,
            String problem,
            String advice) {
        return new Finding(
                severity, kind, node.path(name), object.getClass().getName(), location(node), problem, advice);
    }

    private static @Nullable SourceLocation location(Node node) {
        for (Node at = node; at != null; at = at.parent) {
            Class<?> type = at.source.getClass();
            if (Classifier.isLambda(type)) {
                return new SourceLocation(type.getNestHost().getName(), null, null, 0);
            }
        }
        return null;
    }
}
