package dev.sluice.deploy.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChosenNamesTest {
    @TempDir
    Path directory;

    @Test
    void reachApplicationsHostsAndLoggers() throws Exception {
        Configuration configuration = ConfigurationText.read(directory, """
                applications:
                  shop:
                    permits: 7
                    parameters: {db.url: 'jdbc:x', empty: ''}
                  a#b:
                    development: true
                hosts:
                  www.example.org:
                    aliases: [example.org, '*.example.net']
                log:
                  levels:
                    org.xnio: debug
                """);

        assertThat(configuration.value(Keys.APPLICATION_PERMITS, "shop")).contains(7);
        assertThat(configuration.value(Keys.APPLICATION_PERMITS, "other")).isEmpty();
        assertThat(configuration.value(Keys.APPLICATION_DEVELOPMENT, "a#b")).contains(true);
        assertThat(configuration.names("applications", "shop", "parameters")).containsExactly("db.url", "empty");
        assertThat(configuration.value(Keys.APPLICATION_PARAMETERS, "shop", "db.url"))
                .contains("jdbc:x");
        assertThat(configuration.names("hosts")).containsExactly("www.example.org");
        assertThat(configuration.value(Keys.HOST_ALIASES, "www.example.org"))
                .contains(List.of("example.org", "*.example.net"));
        assertThat(configuration.value(Keys.LOG_LEVELS, "org.xnio")).contains("debug");
    }
}
