package dev.sluice.benchmarks.fork;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The graphs that are copied, each with a copy written by hand by someone who knows its shape. */
public final class Graphs {
    private Graphs() {}

    /** A plain object: two numbers, a shared string and two references. */
    public static final class Plain implements Serializable {
        private static final long serialVersionUID = 1;

        int id;
        long stamp;

        @Nullable
        String name;

        @Nullable
        Plain left;

        @Nullable
        Plain right;

        Plain copy() {
            Plain copy = new Plain();
            copy.id = id;
            copy.stamp = stamp;
            copy.name = name;
            copy.left = left == null ? null : left.copy();
            copy.right = right == null ? null : right.copy();
            return copy;
        }
    }

    /** A balanced tree of so many plain objects. */
    public static Plain plain(int objects) {
        Plain node = new Plain();
        node.id = objects;
        node.stamp = objects * 31L;
        node.name = "node " + objects;
        int left = (objects - 1) / 2;
        int right = objects - 1 - left;
        node.left = left > 0 ? plain(left) : null;
        node.right = right > 0 ? plain(right) : null;
        return node;
    }

    /** A route with a list, a map and a link to the next one. */
    public static final class Route implements Serializable {
        private static final long serialVersionUID = 1;

        int id;
        String path = "";
        List<String> tags = new ArrayList<>();
        Map<String, String> attributes = new HashMap<>();

        @Nullable
        Route next;

        Route copy() {
            Route copy = new Route(tags, attributes);
            copy.id = id;
            copy.path = path;
            return copy;
        }

        Route() {}

        private Route(List<String> tags, Map<String, String> attributes) {
            this.tags = new ArrayList<>(tags);
            this.attributes = new HashMap<>(attributes);
        }
    }

    /** Routes by path and in order. */
    public static final class Routes implements Serializable {
        private static final long serialVersionUID = 1;

        final Map<String, Route> byPath;
        final List<Route> inOrder;

        Routes(Map<String, Route> byPath, List<Route> inOrder) {
            this.byPath = byPath;
            this.inOrder = inOrder;
        }

        Routes() {
            this(new HashMap<>(), new ArrayList<>());
        }

        Routes copy() {
            int size = inOrder.size();
            Routes copy = new Routes(new HashMap<>(size * 4 / 3 + 1), new ArrayList<>(size));
            Route last = null;
            for (Route route : inOrder) {
                Route next = route.copy();
                copy.inOrder.add(next);
                copy.byPath.put(next.path, next);
                if (last != null) {
                    last.next = next;
                }
                last = next;
            }
            return copy;
        }
    }

    /** The mixed graph: n routes, 3n + 3 mutable objects. */
    public static Routes mixed(int routes) {
        Routes all = new Routes();
        Route last = null;
        for (int i = 0; i < routes; i++) {
            Route route = new Route();
            route.id = i;
            route.path = "/route/" + i;
            route.tags.addAll(List.of("get", "public", "v" + i % 3));
            route.attributes.putAll(Map.of("owner", "team " + i % 7, "timeout", i + " ms"));
            all.byPath.put(route.path, route);
            all.inOrder.add(route);
            if (last != null) {
                last.next = route;
            }
            last = route;
        }
        return all;
    }

    /** The configuration of the typical template; holds a mutable array on purpose. */
    public record Configuration(String name, int limit, int[] weights) implements Serializable {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Configuration that
                    && that.name.equals(name)
                    && that.limit == limit
                    && java.util.Arrays.equals(that.weights, weights);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A rule of the typical template. */
    public static final class Rule implements Serializable {
        private static final long serialVersionUID = 1;

        final String name;
        final Predicate<String> matches;
        final int[] hits;

        Rule(String name, Predicate<String> matches, int[] hits) {
            this.name = name;
            this.matches = matches;
            this.hits = hits;
        }
    }

    /** A serializable predicate, so that the libraries that can copy lambdas at all have their chance. */
    public interface Test extends Predicate<String>, Serializable {}

    /** The typical template: a configuration record, a map of 200 entries, 20 rules with lambdas that count. */
    public static final class Typical implements Serializable {
        private static final long serialVersionUID = 1;

        final Configuration configuration;
        final Map<String, String> settings;
        final List<Rule> rules;

        Typical(Configuration configuration, Map<String, String> settings, List<Rule> rules) {
            this.configuration = configuration;
            this.settings = settings;
            this.rules = rules;
        }

        Typical copy() {
            List<Rule> copies = new ArrayList<>(rules.size());
            for (Rule rule : rules) {
                int[] hits = rule.hits.clone();
                copies.add(new Rule(rule.name, counting(rule.name, hits), hits));
            }
            Configuration c = configuration;
            return new Typical(new Configuration(c.name, c.limit, c.weights.clone()), new HashMap<>(settings), copies);
        }
    }

    static Predicate<String> counting(String prefix, int[] hits) {
        return (Test) text -> {
            hits[0]++;
            return text.startsWith(prefix);
        };
    }

    /** Builds the typical template. */
    public static Typical typical() {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            settings.put("setting." + i, "value " + i);
        }
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int[] hits = {0};
            rules.add(new Rule("rule " + i, counting("rule " + i, hits), hits));
        }
        return new Typical(new Configuration("shop", 10, new int[] {1, 2, 3}), settings, rules);
    }

    /** The graph of this name. */
    public static Object named(String name) {
        return switch (name) {
            case "plain10" -> plain(10);
            case "plain1000" -> plain(1_000);
            case "plain100000" -> plain(100_000);
            case "mixed10" -> mixed(10);
            case "mixed100" -> mixed(100);
            case "mixed1000" -> mixed(1_000);
            case "typical" -> typical();
            default -> throw new IllegalArgumentException("graph: " + name);
        };
    }

    /** The copy that a person would write. */
    public static Object byHand(Object graph) {
        if (graph instanceof Plain plain) {
            return plain.copy();
        }
        return graph instanceof Routes routes ? routes.copy() : ((Typical) graph).copy();
    }
}
