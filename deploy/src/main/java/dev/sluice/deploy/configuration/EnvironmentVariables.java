package dev.sluice.deploy.configuration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads values from variables such as {@code SLUICE_LIMITS_HEAD}, and for names that the user chose {@code SLUICE_APPLICATIONS_SHOP_PERMITS}.
 * A variable that is no key is only worth a warning, because others set such variables too: Kubernetes describes a service named sluice by
 * SLUICE_PORT=tcp://..., SLUICE_SERVICE_HOST and more. Values are never part of it: they may be secrets.
 */
final class EnvironmentVariables {
    private static final String PREFIX = "SLUICE_";
    private static final Pattern PLAIN = Pattern.compile("[A-Z0-9_]+");

    /** Read by bin/sluice. */
    private static final Set<String> LAUNCHER = Set.of("SLUICE_HOME");

    private EnvironmentVariables() {}

    /**
     * The values of the environment.
     *
     * @param others values that stand elsewhere, whose chosen names variables may mean
     */
    static List<Entry> read(
            Map<String, String> environment, List<Key<?>> keys, List<Entry> others, List<String> warnings) {
        Map<String, Key<?>> byVariable =
                keys.stream().filter(key -> !key.named()).collect(Collectors.toMap(Key::variable, Function.identity()));
        List<Entry> entries = new ArrayList<>();
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (!variable.startsWith(PREFIX) || LAUNCHER.contains(variable)) {
                return;
            }
            Optional<Key<?>> key = Optional.ofNullable(byVariable.get(variable));
            Optional<List<String>> path = key.map(Key::segments).or(() -> named(variable, keys, others));
            if (path.isEmpty() || value.startsWith("tcp://")) {
                warnings.add("environment, " + variable + " is ignored (expected: "
                        + key.map(known -> known.type().expected())
                                .orElse("the name of a key, such as " + Keys.PORT.variable())
                        + ")");
            } else {
                entries.add(new Entry(path.get(), value, new Origin.Environment(variable)));
            }
        });
        return entries;
    }

    /** The path of the key with chosen names that a variable means; of several the one that says most of its name. */
    private static Optional<List<String>> named(String variable, List<Key<?>> keys, List<Entry> others) {
        List<Key<?>> longestFirst = new ArrayList<>(keys);
        longestFirst.sort(Comparator.comparingInt(key -> -key.name().length()));
        for (Key<?> key : longestFirst) {
            Matcher matcher = pattern(key).matcher(variable);
            if (key.named() && matcher.matches()) {
                return Optional.of(path(key, matcher, others));
            }
        }
        return Optional.empty();
    }

    private static Pattern pattern(Key<?> key) {
        StringBuilder pattern = new StringBuilder("SLUICE");
        for (String segment : key.segments()) {
            pattern.append('_').append(segment.equals("*") ? "(.+?)" : capitals(segment));
        }
        return Pattern.compile(pattern.toString());
    }

    private static List<String> path(Key<?> key, Matcher matcher, List<Entry> others) {
        List<String> path = new ArrayList<>();
        int group = 1;
        for (String segment : key.segments()) {
            path.add(segment.equals("*") ? chosen(key, path, matcher.group(group++), others) : segment);
        }
        return List.copyOf(path);
    }

    /** The name as it stands elsewhere, as it is written if it is not in capitals alone, and otherwise the likeliest. */
    private static String chosen(Key<?> key, List<String> before, String text, List<Entry> others) {
        int at = before.size();
        return others.stream()
                .map(Entry::path)
                .filter(path -> path.size() > at && path.subList(0, at).equals(before))
                .map(path -> path.get(at))
                .filter(name -> capitals(name).equals(text))
                .findFirst()
                .orElseGet(() -> PLAIN.matcher(text).matches() ? likeliest(key, text.toLowerCase(Locale.ROOT)) : text);
    }

    private static String likeliest(Key<?> key, String text) {
        return switch (key.segments().get(0)) {
            case "hosts", "log" -> text.replace('_', '.');
            case "data-sources" -> text.startsWith("jdbc_") ? "jdbc/" + text.substring("jdbc_".length()) : text;
            default -> text;
        };
    }

    private static String capitals(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
