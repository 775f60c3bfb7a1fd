package dev.sluice.deploy.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadValueTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            port: 80800               | sluice.yaml:1: port: 80800 (expected: a whole number from 0 to 65535)
            port: eighty              | sluice.yaml:1: port: eighty (expected: a whole number from 0 to 65535)
            lane: fast                | sluice.yaml:1: lane: fast (expected: one of auto, loop, pool, inline)
            http2: maybe              | sluice.yaml:1: http2: maybe (expected: true or false)
            limits: {head: 1 lot}     | sluice.yaml:1: limits.head: 1 lot (expected: a size such as 512, 16KiB, 2MiB or 1GiB)
            timeouts: {idle: 30}      | sluice.yaml:1: timeouts.idle: 30 (expected: a duration such as 250ms, 30s, 5m or 1h, or off)
            port: [1, 2]              | sluice.yaml:1: port: 1,2 (expected: a whole number from 0 to 65535)
            limits: 5                 | sluice.yaml:1: limits: 5 (expected: a section with keys below it, not a value)
            port:                     | sluice.yaml:1: port has no value (expected: a value, or the line commented out)
            """)
    void namesKeyValueLineAndWhatWasExpected(String yaml, String problem) {
        assertThat(ConfigurationText.problems(directory, yaml)).containsExactly(problem);
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() {
        assertThat(ConfigurationText.problems(directory, "port: 1\nport: 2\n"))
                .containsExactly("sluice.yaml:2: port stands twice (expected: once)");
    }

    @Test
    void brokenYamlIsReportedWithLineAndColumn() {
        assertThat(ConfigurationText.problems(directory, "port: 1\nhost: 'open\n"))
                .singleElement()
                .asString()
                .startsWith("sluice.yaml:3:1: not YAML: ");
    }

    @Test
    void ofTheEnvironmentNamesTheVariable() {
        assertThatThrownBy(() -> Configuration.builder()
                        .environment(Map.of("SLUICE_PORT", "x"))
                        .build())
                .hasMessage("environment, SLUICE_PORT: port: x (expected: a whole number from 0 to 65535)");
    }

    @Test
    void ofTheCommandLineNamesTheOption() {
        assertThatThrownBy(() -> Configuration.builder()
                        .commandLine("port", "x", "--port")
                        .build())
                .hasMessage("command line, --port: port: x (expected: a whole number from 0 to 65535)");
    }

    @Test
    void aMissingFileIsAProblem() {
        assertThatThrownBy(() -> Configuration.builder()
                        .file(directory.resolve("none.yaml"))
                        .build())
                .hasMessageContaining("none.yaml: cannot be read");
    }
}
