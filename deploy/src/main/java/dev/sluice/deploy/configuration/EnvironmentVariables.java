package dev.sluice.deploy.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads values from variables such as {@code SLUICE_LIMITS_HEAD}. A variable that is no key is only worth a warning, because others
 * set such variables too: Kubernetes describes a service named sluice by SLUICE_PORT=tcp://..., SLUICE_SERVICE_HOST and more.
 */
final class EnvironmentVariables {
    private static final String PREFIX = "SLUICE_";

    /** Read by bin/sluice. */
    private static final Set<String> LAUNCHER = Set.of("SLUICE_HOME");

    private EnvironmentVariables() {}

    static List<Entry> read(Map<String, String> environment, List<Key<?>> keys, List<String> warnings) {
        Map<String, Key<?>> byVariable =
                keys.stream().filter(key -> !key.named()).collect(Collectors.toMap(Key::variable, Function.identity()));
        List<Entry> entries = new ArrayList<>();
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (!variable.startsWith(PREFIX) || LAUNCHER.contains(variable)) {
                return;
            }
            Optional<Key<?>> key = Optional.ofNullable(byVariable.get(variable));
            if (key.isEmpty() || value.startsWith("tcp://")) {
                warnings.add("environment, " + variable + "=" + value + " is ignored (expected: "
                        + key.map(known -> known.type().expected())
                                .orElse("the name of a key, such as " + Keys.PORT.variable())
                        + ")");
            } else {
                entries.add(new Entry(key.get().segments(), value, new Origin.Environment(variable)));
            }
        });
        return entries;
    }
}
