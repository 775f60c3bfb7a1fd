package dev.sluice.deploy.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnknownKeyTest {
    @TempDir
    Path directory;

    @Test
    void namesTheLineAndTheNearestKey() {
        assertThat(ConfigurationText.problems(directory, "# first\nprot: 80\n"))
                .containsExactly("sluice.yaml:2: unknown key prot (did you mean port?)");
    }

    @Test
    void isFoundInASection() {
        assertThat(ConfigurationText.problems(directory, "timeouts:\n  head: 5s\n  drian: 10s\n"))
                .containsExactly("sluice.yaml:3: unknown key timeouts.drian (did you mean timeouts.drain?)");
    }

    @Test
    void isSuggestedByItsLastWordInAnotherSection() {
        assertThat(ConfigurationText.problems(directory, "permits: 5\n"))
                .containsExactly("sluice.yaml:1: unknown key permits (did you mean requests.permits?)");
    }

    @Test
    void keepsTheNameThatTheUserChose() {
        assertThat(ConfigurationText.problems(directory, "applications:\n  shop:\n    develpment: true\n"))
                .containsExactly(
                        "sluice.yaml:3: unknown key applications.shop.develpment (did you mean applications.shop.development?)");
    }

    @Test
    void withoutANearOneSaysWhereAllStand() {
        assertThat(ConfigurationText.problems(directory, "zzzzzzzzzzzzzzz: 1\n"))
                .containsExactly("sluice.yaml:1: unknown key zzzzzzzzzzzzzzz (sluice init writes all keys)");
    }

    /** What was typed is no answer to what was meant. */
    @Test
    void isNeverSuggestedItself() {
        for (String yaml : new String[] {"timeouts: {drain.: 1s}", "hosts.aliases: [a]", "data-sources.password: x"}) {
            assertThat(ConfigurationText.problems(directory, yaml + "\n"))
                    .singleElement()
                    .asString()
                    .doesNotContainPattern("unknown key (\\S+) \\(did you mean \\1\\?");
        }
    }

    @Test
    void allAreReportedAtOnce() {
        assertThat(ConfigurationText.problems(directory, "prot: 1\nhots: x\nport: many\n"))
                .hasSize(3);
    }

    @Test
    void thatHasAnotherNameNowNamesIt() {
        assertThat(ConfigurationText.problems(
                        directory, "sessions: {most: 5}\ndata-sources: {jdbc/shop: {most: 3, patience: 1s}}\n"))
                .containsExactly(
                        "sluice.yaml:1: sessions.most is called sessions.max now (expected: the value under that name)",
                        "sluice.yaml:2: data-sources.jdbc/shop.most is called data-sources.jdbc/shop.max-size now"
                                + " (expected: the value under that name)",
                        "sluice.yaml:2: data-sources.jdbc/shop.patience is called data-sources.jdbc/shop.timeout now"
                                + " (expected: the value under that name)");
    }

    /** A variable that is no key is only a warning, but one that was a key meant something. */
    @Test
    void thatHasAnotherNameNowIsAnErrorInTheEnvironmentToo() {
        assertThatThrownBy(() -> Configuration.builder()
                        .environment(
                                Map.of("SLUICE_FIXED_LARGEST_FILE", "1MiB", "SLUICE_DATA_SOURCES_JDBC_SHOP_MOST", "3"))
                        .build())
                .hasMessageContaining("fixed.largest-file is called fixed.max-file-size now")
                .hasMessageContaining("data-sources.jdbc/shop.most is called data-sources.jdbc/shop.max-size now");
    }
}
