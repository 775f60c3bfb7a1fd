package dev.sluice.deploy.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the key that a name with dots means: a name that the user chose may hold dots itself. */
final class KeyPath {
    private KeyPath() {}

    /** The words of a name, put together to the segments of a key; empty if no key is meant. */
    static Optional<List<String>> of(List<String> words, List<Key<?>> keys) {
        for (Key<?> key : keys) {
            List<String> path = new ArrayList<>();
            if (matches(key.segments(), 0, words, 0, path)) {
                return Optional.of(List.copyOf(path));
            }
        }
        return Optional.empty();
    }

    /** Chosen names are as short as they can be, the last one as long as it must be. */
    private static boolean matches(
            List<String> segments, int segment, List<String> words, int from, List<String> path) {
        if (segment == segments.size()) {
            return from == words.size();
        }
        boolean chosen = segments.get(segment).equals("*");
        for (int to = from + 1; to <= (chosen ? words.size() : Math.min(from + 1, words.size())); to++) {
            String text = String.join(".", words.subList(from, to));
            if (chosen || text.equals(segments.get(segment))) {
                path.add(text);
                if (matches(segments, segment + 1, words, to, path)) {
                    return true;
                }
                path.remove(path.size() - 1);
            }
        }
        return false;
    }
}
