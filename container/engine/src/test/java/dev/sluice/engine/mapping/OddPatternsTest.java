package dev.sluice.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fixture.LoggedLines;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pattern with an asterisk that is no wildcard is worth a warning. */
class OddPatternsTest {
    private static List<String> warnings(String... patterns) {
        try (LoggedLines log = new LoggedLines("dev.sluice.servlet")) {
            OddPatterns.warn("application odd-patterns", List.of(patterns));
            return log.all().stream()
                    .filter(line -> line.contains("odd-patterns"))
                    .toList();
        }
    }

    @Test
    void areWarnedOf() {
        assertThat(warnings("*/g"))
                .singleElement()
                .asString()
                .contains("WARNING", "url-pattern */g", "the path /*/g alone");
        assertThat(warnings("/shop*", "/a/*.jsp")).hasSize(2);
    }

    @Test
    void wildcardsAndPathsAreNot() {
        assertThat(warnings("/*", "/shop/*", "*.jsp", "/", "", "/shop")).isEmpty();
    }
}
