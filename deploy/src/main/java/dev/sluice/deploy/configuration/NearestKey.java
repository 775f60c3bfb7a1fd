package dev.sluice.deploy.configuration;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the known key that somebody most probably meant. */
final class NearestKey {
    private NearestKey() {}

    /** The nearest by edits, if at most a third of it (and two edits in any case) is different. */
    static Optional<String> to(List<String> path, List<Key<?>> keys) {
        String wanted = String.join(".", path);
        return keys.stream()
                .map(key -> key.named(path))
                .distinct()
                .filter(name -> !name.equals(wanted))
                .min(Comparator.comparingInt((String name) -> edits(wanted, name))
                        .thenComparing(name -> name))
                .filter(name -> edits(wanted, name) <= Math.max(2, name.length() / 3))
                .or(() -> sameLastSegment(path, keys));
    }

    /** Somebody who knows the word but not the section: {@code drain} for {@code timeouts.drain}. */
    private static Optional<String> sameLastSegment(List<String> path, List<Key<?>> keys) {
        String last = path.get(path.size() - 1);
        return keys.stream()
                .filter(key -> key.segments().get(key.segments().size() - 1).equals(last))
                .map(key -> key.named(path))
                .filter(name -> !name.equals(String.join(".", path)))
                .findFirst();
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    static int edits(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
