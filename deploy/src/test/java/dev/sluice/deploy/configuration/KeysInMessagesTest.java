package dev.sluice.deploy.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a message or a page of the documentation calls a key is one: who reads it can set it. */
class KeysInMessagesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");
    private static final Pattern CODE = Pattern.compile("`[^`\n]+`");
    /** A section, a dot, and words: but neither a part of a longer name nor a file. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w./$-])("
            + Keys.all().stream()
                    .map(key -> key.segments().get(0))
                    .filter(section ->
                            Keys.all().stream().anyMatch(key -> key.name().startsWith(section + ".")))
                    .distinct()
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|"))
            + ")((\\.[a-zA-Z0-9*-]+)+)(?![\\w(/])");

    private static Stream<Path> files(String name) {
        try {
            return Files.find(
                    ROOT,
                    20,
                    (file, attributes) -> attributes.isRegularFile()
                            && file.toString().endsWith(name)
                            && !file.toString().contains("/target/"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> unknown(Stream<Path> files, Pattern quoted) {
        return files.flatMap(file -> {
                    try {
                        return quoted.matcher(Files.readString(file))
                                .results()
                                .map(MatchResult::group)
                                .flatMap(text -> names(text).stream())
                                .filter(name -> !known(name))
                                .map(name -> name + " in " + ROOT.relativize(file));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean speaksOfPresentKeys(Path source) {
        return source.toString().contains("/src/main/") && !source.endsWith("RenamedKeys.java");
    }

    private static List<String> names(String text) {
        return NAME.matcher(text).results().map(MatchResult::group).toList();
    }

    private static boolean known(String name) {
        if (name.endsWith("*")
                && Keys.all().stream().anyMatch(key -> key.name().startsWith(name.substring(0, name.length() - 1)))) {
            return true; // all keys that begin so
        }
        List<String> path = Arrays.asList(name.split("\\."));
        return Keys.all().stream().anyMatch(key -> key.matches(path) || key.startsWith(path));
    }

    @Test
    void inMessages() {
        assertThat(unknown(files(".java").filter(KeysInMessagesTest::speaksOfPresentKeys), LITERAL))
                .isEmpty();
    }

    @Test
    void inTheDocumentation() {
        assertThat(unknown(files(".md").filter(file -> !file.endsWith("CHANGELOG.md")), CODE))
                .isEmpty();
    }

    /** A check that finds nothing shows nothing. */
    @Test
    void aWrongNameIsFound() {
        assertThat(names("more than the limit of sessions.most; see timeouts.drain"))
                .containsExactly("sessions.most", "timeouts.drain");
        assertThat(known("sessions.most")).isFalse();
        assertThat(known("timeouts.drain")).isTrue();
        assertThat(known("applications.shop.permits")).isTrue();
    }
}
