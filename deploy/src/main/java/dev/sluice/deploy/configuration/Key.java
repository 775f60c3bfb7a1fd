package dev.sluice.deploy.configuration;

import java.util.List;

/**
 * One key of the configuration. A segment of its name that is {@code *} stands for a name that the user chooses, such as an
 * application's; such keys have no value unless one is given, and then {@code absent} says what applies instead.
 *
 * @param name the segments, joined by dots
 * @param type how its value is written
 * @param absent the default
 * @param description what it does, in one or two sentences without line breaks
 * @param <T> the type of its value
 */
public record Key<T>(String name, ValueType<T> type, T absent, String description) {
    /** The segments of the name. */
    public List<String> segments() {
        return List.of(name.split("\\."));
    }

    /** True if the user chooses a part of the name. */
    public boolean named() {
        return segments().contains("*");
    }

    /** The default as it is written in the file. */
    public String defaultText() {
        return type.render(absent);
    }

    /** The environment variable that sets it; keys whose name the user chooses have none. */
    public String variable() {
        return "SLUICE_"
                + name.toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The name, with the names that the user chose in this path where the key leaves them open. */
    String named(List<String> path) {
        List<String> own = segments();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < own.size(); i++) {
            String segment = own.get(i);
            text.append(i == 0 ? "" : ".").append(segment.equals("*") && i < path.size() ? path.get(i) : segment);
        }
        return text.toString();
    }

    /** Whether this key is meant by a path in the file. */
    boolean matches(List<String> path) {
        List<String> own = segments();
        if (own.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < own.size(); i++) {
            if (!own.get(i).equals("*") && !own.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a path in the file leads towards this key. */
    boolean startsWith(List<String> path) {
        List<String> own = segments();
        if (own.size() <= path.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (!own.get(i).equals("*") && !own.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return name;
    }
}
