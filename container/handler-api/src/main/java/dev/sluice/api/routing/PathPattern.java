package dev.sluice.api.routing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A parsed path pattern; {@link dev.sluice.api.Setup} has the syntax. */
public final class PathPattern {
    /** One part of a pattern, between two slashes. */
    sealed interface Segment {
        /** Matches this text. */
        record Literal(String text) implements Segment {}

        /** Matches any text but the empty one. */
        record Parameter(String name) implements Segment {}

        /** Matches all that is left of the path. */
        record Rest(String name) implements Segment {}
    }

    private final String text;
    private final List<Segment> segments;
    private final List<String> names;

    private PathPattern(String text, List<Segment> segments, List<String> names) {
        this.text = text;
        this.segments = List.copyOf(segments);
        this.names = List.copyOf(names);
    }

    /**
     * Parses {@code text}.
     *
     * @throws IllegalArgumentException if it is malformed; the message says where
     */
    public static PathPattern parse(String text) {
        if (!text.startsWith("/")) {
            throw malformed(text, "expected: a slash at the start");
        }
        String[] parts = text.substring(1).split("/", -1);
        List<Segment> segments = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < parts.length; i++) {
            Segment segment = segment(text, parts[i], i == parts.length - 1);
            segments.add(segment);
            if (!(segment instanceof Segment.Literal)) {
                String name = segment instanceof Segment.Parameter parameter
                        ? parameter.name()
                        : ((Segment.Rest) segment).name();
                names.add(name);
                if (!seen.add(name)) {
                    throw malformed(text, "the parameter " + name + " is there twice");
                }
            }
        }
        return new PathPattern(text, segments, names);
    }

    private static Segment segment(String text, String part, boolean last) {
        if (!part.startsWith("{") || !part.endsWith("}")) {
            if (part.indexOf('{') >= 0 || part.indexOf('}') >= 0) {
                throw malformed(text, "segment " + part + " (expected: a parameter is a whole segment, such as {id})");
            }
            if (part.equals(".") || part.equals("..")) {
                throw malformed(text, "segment " + part + " (expected: no dot segments, no request has them)");
            }
            return new Segment.Literal(part);
        }
        boolean rest = part.endsWith("...}");
        String name = part.substring(1, part.length() - (rest ? 4 : 1));
        if (name.isEmpty() || !name.chars().allMatch(c -> Character.isJavaIdentifierPart(c) || c == '-')) {
            throw malformed(text, "parameter name '" + name + "' (expected: letters, digits, _ and -)");
        }
        if (rest && !last) {
            throw malformed(text, "segment " + part + " (expected: at the end only)");
        }
        return rest ? new Segment.Rest(name) : new Segment.Parameter(name);
    }

    private static IllegalArgumentException malformed(String text, String why) {
        return new IllegalArgumentException("path pattern " + text + ": " + why);
    }

    List<Segment> segments() {
        return segments;
    }

    /** The names of the parameters in their order. */
    public List<String> names() {
        return names;
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
