package dev.sluice.fork.walk;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.shape.ClassOrigin;
import dev.sluice.fork.source.LambdaSource;
import org.jspecify.annotations.Nullable;

/** Findings that say where the lambda on the way to an object was made. */
public final class LambdaOrigin {
    private LambdaOrigin() {}

    /** A finding at a node, with the source location of the nearest lambda above it. */
    public static Finding finding(
            Finding.Severity severity,
            Finding.Kind kind,
            Node node,
            String name,
            Object object,
            String problem,
            String advice) {
        String type = object.getClass().getName();
        for (Node at = node; at != null; at = at.parent) {
            LambdaSource source = source(at.source);
            if (source != null) {
                String captured = at == node ? "" : ", captured" + source.candidates();
                return new Finding(
                        severity, kind, node.path(name), type, source.location(), problem + captured, advice);
            }
        }
        return new Finding(severity, kind, node.path(name), type, null, problem, advice);
    }

    private static @Nullable LambdaSource source(Object object) {
        return ClassOrigin.isLambda(object.getClass()) ? LambdaSource.of(object.getClass()) : null;
    }
}
