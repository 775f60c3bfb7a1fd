package dev.sluice.war.descriptor;

import dev.sluice.war.archive.ArchiveException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Chooses one value of several sources (Servlet 6.1, 8.2.3): the main source decides; without it the others have to agree.
 *
 * @param main the source that decides
 * @param others in their order
 * @param strict whether a disagreement of the others is an error, or the first of them wins
 */
record Conflict(Part main, List<Part> others, boolean strict) {

    /** A value that is null where a source does not declare it. */
    <T> @Nullable T value(String what, Function<Part, @Nullable T> getter) throws ArchiveException {
        T chosen = getter.apply(main);
        if (chosen != null) {
            return chosen;
        }
        String from = "";
        for (Part other : others) {
            T value = getter.apply(other);
            if (value == null || value.equals(chosen)) {
                continue;
            }
            if (chosen == null) {
                chosen = value;
                from = other.source();
            } else if (strict) {
                throw ArchiveException.of(
                        other.source(),
                        what + " is '" + value + "' here and '" + chosen + "' in " + from
                                + " (expected: the same, or a declaration in WEB-INF/web.xml that decides)");
            }
        }
        return chosen;
    }

    /** Each entry of a map by itself. */
    <V> Map<String, V> entries(String what, Function<Part, Map<String, V>> getter) throws ArchiveException {
        Map<String, V> all = new LinkedHashMap<>(getter.apply(main));
        for (Part other : others) {
            for (String key : getter.apply(other).keySet()) {
                if (!all.containsKey(key)) {
                    V value = value(what + " " + key, part -> getter.apply(part).get(key));
                    if (value != null) {
                        all.put(key, value);
                    }
                }
            }
        }
        return all;
    }
}
