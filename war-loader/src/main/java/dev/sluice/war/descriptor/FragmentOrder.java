package dev.sluice.war.descriptor;

import dev.sluice.war.archive.ArchiveException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Orders web fragments (Servlet 6.1, 8.2.2). Every library takes part; one without web-fragment.xml has no name and belongs to the
 * others.
 */
public final class FragmentOrder {
    /** Stands for {@code <others/>} in a list of names. */
    public static final String OTHERS = "<others/>";

    /**
     * A fragment in the ordering.
     *
     * @param library the jar's name, unique
     * @param name the fragment's name, or null
     * @param before names that come after this fragment, may hold {@link #OTHERS}
     * @param after names that come before it, may hold {@link #OTHERS}
     */
    public record Node(String library, @Nullable String name, List<String> before, List<String> after) {}

    private FragmentOrder() {}

    /** The fragments that an absolute-ordering selects, in its order; of fragments with one name only the first counts. */
    public static List<Node> absolute(List<Node> nodes, List<String> names) {
        Set<Node> listed = new LinkedHashSet<>();
        for (String name : names) {
            nodes.stream().filter(node -> name.equals(node.name())).findFirst().ifPresent(listed::add);
        }
        List<Node> ordered = new ArrayList<>();
        for (String name : names) {
            if (name.equals(OTHERS)) {
                nodes.stream()
                        .filter(node -> !listed.contains(node))
                        .filter(node -> node.name() == null || !names.contains(node.name()))
                        .forEach(ordered::add);
            } else {
                listed.stream().filter(node -> name.equals(node.name())).forEach(ordered::add);
            }
        }
        return ordered;
    }

    /**
     * All fragments, ordered by what they say about each other.
     *
     * @throws ArchiveException if two have one name, or if they contradict each other
     */
    public static List<Node> relative(List<Node> nodes) throws ArchiveException {
        if (nodes.stream()
                .allMatch(node -> node.before().isEmpty() && node.after().isEmpty() && node.name() == null)) {
            return nodes;
        }
        checkNames(nodes);
        boolean[][] precedes = named(nodes);
        close(precedes);
        boolean[][] all = copy(precedes);
        others(nodes, precedes, all);
        close(all);
        return sorted(nodes, all);
    }

    private static void checkNames(List<Node> nodes) throws ArchiveException {
        Map<String, Node> byName = new HashMap<>();
        for (Node node : nodes) {
            Node before = node.name() == null ? null : byName.putIfAbsent(node.name(), node);
            if (before != null) {
                throw ArchiveException.of(
                        "WEB-INF/lib/" + node.library() + "!/META-INF/web-fragment.xml",
                        "has the name '" + node.name() + "' of the fragment in " + before.library()
                                + " (expected: each name once, or an absolute-ordering in WEB-INF/web.xml)");
            }
        }
    }

    private static boolean[][] named(List<Node> nodes) {
        int n = nodes.size();
        boolean[][] precedes = new boolean[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                String name = nodes.get(j).name();
                if (name != null && i != j) {
                    precedes[i][j] |= nodes.get(i).before().contains(name);
                    precedes[j][i] |= nodes.get(i).after().contains(name);
                }
            }
        }
        return precedes;
    }

    /** Before or after the others means: as far as no named rule says the opposite. */
    private static void others(List<Node> nodes, boolean[][] named, boolean[][] all) {
        Predicate<Node> first = node -> node.before().contains(OTHERS);
        Predicate<Node> last = node -> node.after().contains(OTHERS);
        for (int i = 0; i < nodes.size(); i++) {
            for (int j = 0; j < nodes.size(); j++) {
                if (i == j) {
                    continue;
                }
                if (first.test(nodes.get(i)) && !first.test(nodes.get(j)) && !named[j][i]) {
                    all[i][j] = true;
                }
                if (last.test(nodes.get(i)) && !last.test(nodes.get(j)) && !named[i][j]) {
                    all[j][i] = true;
                }
            }
        }
    }

    private static boolean[][] copy(boolean[][] matrix) {
        boolean[][] copy = new boolean[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            copy[i] = matrix[i].clone();
        }
        return copy;
    }

    private static void close(boolean[][] precedes) {
        int n = precedes.length;
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; precedes[i][k] && j < n; j++) {
                    precedes[i][j] |= precedes[k][j];
                }
            }
        }
    }

    private static List<Node> sorted(List<Node> nodes, boolean[][] precedes) throws ArchiveException {
        List<Node> sorted = new ArrayList<>();
        boolean[] placed = new boolean[nodes.size()];
        while (sorted.size() < nodes.size()) {
            int next = next(precedes, placed);
            if (next < 0) {
                throw circular(nodes, precedes);
            }
            placed[next] = true;
            sorted.add(nodes.get(next));
        }
        return sorted;
    }

    private static int next(boolean[][] precedes, boolean[] placed) {
        for (int i = 0; i < placed.length; i++) {
            boolean free = !placed[i];
            for (int j = 0; free && j < placed.length; j++) {
                free = placed[j] || !precedes[j][i];
            }
            if (free) {
                return i;
            }
        }
        return -1;
    }

    private static ArchiveException circular(List<Node> nodes, boolean[][] precedes) {
        List<String> libraries = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (precedes[i][i]) {
                libraries.add(nodes.get(i).library());
            }
        }
        return ArchiveException.of(
                "META-INF/web-fragment.xml",
                "the fragments in " + libraries + " each want to come before the other"
                        + " (expected: an order; change their <ordering> or write an absolute-ordering into WEB-INF/web.xml)");
    }
}
