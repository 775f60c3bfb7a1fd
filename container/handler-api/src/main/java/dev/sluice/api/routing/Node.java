package dev.sluice.api.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A node of the tree of patterns: what may follow a number of segments. Filled at start, then only read. */
final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private @Nullable Node parameter;
    private @Nullable Methods rest;
    private @Nullable Methods end;

    /** The methods of a pattern, made if they are not there. */
    Methods methods(List<PathPattern.Segment> segments) {
        if (segments.isEmpty()) {
            end = end == null ? new Methods() : end;
            return end;
        }
        PathPattern.Segment first = segments.get(0);
        List<PathPattern.Segment> others = segments.subList(1, segments.size());
        if (first instanceof PathPattern.Segment.Literal literal) {
            return literals.computeIfAbsent(literal.text(), key -> new Node()).methods(others);
        }
        if (first instanceof PathPattern.Segment.Parameter) {
            parameter = parameter == null ? new Node() : parameter;
            return parameter.methods(others);
        }
        rest = rest == null ? new Methods() : rest;
        return rest;
    }

    /**
     * Offers to {@code visitor} the methods of each pattern that matches {@code path} from {@code start} on, the most specific
     * first, with the number of values in {@code values}, until it returns true.
     */
    boolean visit(String path, int start, String[] values, int count, BiPredicate<Methods, Integer> visitor) {
        if (start > path.length()) {
            return end != null && visitor.test(end, count);
        }
        int slash = path.indexOf('/', start);
        int stop = slash < 0 ? path.length() : slash;
        String segment = path.substring(start, stop);
        Node literal = literals.get(segment);
        if (literal != null && literal.visit(path, stop + 1, values, count, visitor)) {
            return true;
        }
        if (parameter != null && !segment.isEmpty()) {
            values[count] = segment;
            if (parameter.visit(path, stop + 1, values, count + 1, visitor)) {
                return true;
            }
        }
        if (rest != null) {
            values[count] = path.substring(start);
            return visitor.test(rest, count + 1);
        }
        return false;
    }
}
