package dev.sluice.deploy.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecedenceTest {
    @TempDir
    Path directory;

    @Test
    void commandLineThenEnvironmentThenFileThenDefault() throws Exception {
        Path file = ConfigurationText.file(directory, "port: 1\nhost: file\nlane: pool\n");
        Configuration configuration = Configuration.builder()
                .file(file)
                .environment(Map.of("SLUICE_PORT", "2", "SLUICE_HOST", "environment"))
                .commandLine("port", "3", "--port")
                .build();

        assertThat(configuration.value(Keys.PORT)).isEqualTo(3);
        assertThat(configuration.value(Keys.HOST)).isEqualTo("environment");
        assertThat(configuration.value(Keys.LANE)).isEqualTo("pool");
        assertThat(configuration.value(Keys.LOOPS)).isEqualTo(0);
        assertThat(List.of(Keys.PORT, Keys.HOST, Keys.LANE, Keys.LOOPS))
                .extracting(key -> configuration.origin(key).text())
                .containsExactly("command line, --port", "environment, SLUICE_HOST", file + ":3", "default");
    }

    @Test
    void variablesReachKeysInSections() throws Exception {
        Configuration configuration = Configuration.builder()
                .environment(Map.of("SLUICE_ACCESS_LOG_FORMAT", "json", "SLUICE_TIMEOUTS_DRAIN", "5s"))
                .build();

        assertThat(configuration.value(Keys.ACCESS_LOG_FORMAT)).isEqualTo("json");
        assertThat(configuration.value(Keys.TIMEOUTS_DRAIN)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatKubernetesSetsForAServiceNamedSluiceIsIgnoredWithAWarning() throws Exception {
        Configuration configuration = Configuration.builder()
                .environment(Map.of("SLUICE_PORT", "tcp://10.0.0.1:80", "SLUICE_SERVICE_HOST", "10.0.0.1"))
                .build();

        assertThat(configuration.value(Keys.PORT)).isEqualTo(8080);
        assertThat(configuration.warnings()).hasSize(2);
    }
}
