package dev.sluice.deploy.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The effective values and where each came from. Immutable. Made with {@link #builder()}; what is given on the command line counts
 * before the environment, that before the file, and that before the defaults.
 */
public final class Configuration {
    private final Map<List<String>, Setting> settings;
    private final List<String> warnings;

    private Configuration(Map<List<String>, Setting> settings, List<String> warnings) {
        this.settings = Map.copyOf(settings);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * A value with its origin.
     *
     * @param key the key
     * @param name the key's name, with the names that the user chose
     * @param value the value, of the key's type
     * @param text how the value is shown: as it is written in a file, secrets apart
     * @param origin where it came from
     */
    public record Setting(Key<?> key, String name, Object value, String text, Origin origin) {
        @Override
        public String toString() {
            return name + ": " + text + " (" + origin.text() + ")";
        }
    }

    /** All defaults. */
    public static Configuration defaults() {
        return new Configuration(Map.of(), List.of());
    }

    /** Collects the sources. */
    public static Builder builder() {
        return new Builder();
    }

    /** The value of a key without a name that the user chose. */
    public <T> T value(Key<T> key) {
        return given(key.segments(), key).orElse(key.absent());
    }

    /** The value that somebody gave for a key whose {@code *} segments are these names, in order. */
    public <T> Optional<T> value(Key<T> key, String... names) {
        List<String> path = new ArrayList<>(key.segments());
        int next = 0;
        for (int i = 0; i < path.size(); i++) {
            if (path.get(i).equals("*")) {
                path.set(i, names[next++]);
            }
        }
        return given(path, key);
    }

    @SuppressWarnings("unchecked") // values are parsed by the key's own type
    private <T> Optional<T> given(List<String> path, Key<T> key) {
        return Optional.ofNullable(settings.get(path)).map(setting -> (T) setting.value());
    }

    /** The origin of a key's value. */
    public Origin origin(Key<?> key) {
        Setting setting = settings.get(key.segments());
        return setting == null ? new Origin.Default() : setting.origin();
    }

    /**
     * The names that the user chose directly below a section.
     *
     * @param section the segments before the name
     */
    public Set<String> names(String... section) {
        List<String> prefix = List.of(section);
        Set<String> names = new LinkedHashSet<>();
        settings.keySet().stream()
                .filter(path -> path.size() > prefix.size()
                        && path.subList(0, prefix.size()).equals(prefix))
                .map(path -> path.get(prefix.size()))
                .sorted()
                .forEach(names::add);
        return names;
    }

    /** Every key with its effective value and origin, in the order of the table; named keys where somebody gave them. */
    public List<Setting> settings() {
        List<Setting> all = new ArrayList<>();
        for (Key<?> key : Keys.all()) {
            if (key.named()) {
                settings.values().stream()
                        .filter(setting -> setting.key().equals(key))
                        .sorted(java.util.Comparator.comparing(Setting::name))
                        .forEach(all::add);
            } else {
                Setting given = settings.get(key.segments());
                all.add(
                        given != null
                                ? given
                                : new Setting(key, key.name(), key.absent(), key.defaultText(), new Origin.Default()));
            }
        }
        return List.copyOf(all);
    }

    /** What was ignored, for the log. */
    public List<String> warnings() {
        return warnings;
    }

    /** Collects the sources; used by one thread. */
    public static final class Builder {
        private @Nullable Path file;
        private Map<String, String> environment = Map.of();
        private final List<Entry> commandLine = new ArrayList<>();

        private Builder() {}

        /** Reads this file. */
        public Builder file(Path path) {
            this.file = path;
            return this;
        }

        /** Reads the variables that begin with {@code SLUICE_}. */
        public Builder environment(Map<String, String> variables) {
            this.environment = Map.copyOf(variables);
            return this;
        }

        /** A value from the command line, with the option that gave it. */
        public Builder commandLine(String name, String value, String option) {
            List<String> words = List.of(name.split("\\."));
            commandLine.add(
                    new Entry(KeyPath.of(words, Keys.all()).orElse(words), value, new Origin.CommandLine(option)));
            return this;
        }

        /**
         * Reads all of it.
         *
         * @throws ConfigurationException with all problems at once
         */
        public Configuration build() throws ConfigurationException {
            List<String> problems = new ArrayList<>();
            List<String> warnings = new ArrayList<>();
            List<Entry> entries = new ArrayList<>();
            if (file != null) {
                entries.addAll(YamlFile.read(file, Keys.all(), problems));
            }
            List<Entry> others = new ArrayList<>(entries);
            others.addAll(commandLine);
            entries.addAll(EnvironmentVariables.read(environment, RenamedKeys.withPresent(), others, warnings));
            entries.addAll(commandLine);
            Map<List<String>, Setting> settings = new LinkedHashMap<>();
            for (Entry entry : entries) {
                check(entry, problems).ifPresent(setting -> settings.put(entry.path(), setting));
            }
            if (!problems.isEmpty()) {
                throw new ConfigurationException(problems);
            }
            return new Configuration(settings, warnings);
        }

        private Optional<Setting> check(Entry entry, List<String> problems) {
            Optional<Key<?>> known =
                    Keys.all().stream().filter(key -> key.matches(entry.path())).findFirst();
            if (known.isEmpty()) {
                problems.add(unknown(entry));
                return Optional.empty();
            }
            return parse(known.get(), entry, problems);
        }

        private static String unknown(Entry entry) {
            Optional<String> renamed = RenamedKeys.now(entry.path());
            if (renamed.isPresent()) {
                return entry.origin().text() + ": " + entry.name() + " is called " + renamed.get()
                        + " now (expected: the value under that name)";
            }
            if (Keys.all().stream().anyMatch(key -> key.startsWith(entry.path()))) {
                String text = Secrets.below(entry.path()) ? Secrets.hidden() : entry.text();
                return entry.origin().text() + ": " + entry.name() + ": " + text
                        + " (expected: a section with keys below it, not a value)";
            }
            String nearest = NearestKey.to(entry.path(), Keys.all())
                    .map(name -> "did you mean " + name + "?")
                    .orElse("sluice init writes all keys");
            return entry.origin().text() + ": unknown key " + entry.name() + " (" + nearest + ")";
        }

        private <T> Optional<Setting> parse(Key<T> key, Entry entry, List<String> problems) {
            String text = entry.text().strip();
            boolean secret = key.type().equals(ValueType.SECRET);
            try {
                T value = key.type().parse(secret ? Secrets.resolve(text, environment) : text);
                String shown = Secrets.shown(
                        key, entry.name(), secret ? text : key.type().render(value));
                return Optional.of(new Setting(key, entry.name(), value, shown, entry.origin()));
            } catch (IllegalArgumentException e) {
                problems.add(entry.origin().text() + ": " + entry.name() + ": "
                        + (secret
                                ? e.getMessage()
                                : entry.text() + " (expected: " + key.type().expected() + ")"));
                return Optional.empty();
            }
        }
    }
}
