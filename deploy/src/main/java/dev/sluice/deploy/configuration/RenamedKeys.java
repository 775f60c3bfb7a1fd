package dev.sluice.deploy.configuration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Keys that have another name now. Who still uses the former one is told the name, instead of a guess. */
final class RenamedKeys {
    private static final Map<Key<?>, Key<?>> BY_FORMER = Map.of(
            former("sessions.most"), Keys.SESSIONS_MAX,
            former("fixed.largest-file"), ApplicationKeys.FIXED_MAX_FILE_SIZE,
            former("data-sources.*.most"), ApplicationKeys.DATA_SOURCE_MAX_SIZE,
            former("data-sources.*.patience"), ApplicationKeys.DATA_SOURCE_TIMEOUT);

    private RenamedKeys() {}

    private static Key<?> former(String name) {
        return new Key<>(name, ValueType.TEXT, "", "");
    }

    /** The name by which the key at this path is known now, if it had the name of the path before. */
    static Optional<String> now(List<String> path) {
        return BY_FORMER.entrySet().stream()
                .filter(entry -> entry.getKey().matches(path))
                .map(entry -> entry.getValue().named(path))
                .findFirst();
    }

    /** All keys, and those that were. */
    static List<Key<?>> withPresent() {
        return Stream.<Key<?>>concat(Keys.all().stream(), BY_FORMER.keySet().stream())
                .toList();
    }
}
