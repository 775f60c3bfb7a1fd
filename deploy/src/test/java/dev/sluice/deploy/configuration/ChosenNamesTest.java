package dev.sluice.deploy.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

        assertThat(configuration.value(ApplicationKeys.APPLICATION_PERMITS, "shop"))
                .contains(7);
        assertThat(configuration.value(ApplicationKeys.APPLICATION_PERMITS, "other"))
                .isEmpty();
        assertThat(configuration.value(ApplicationKeys.APPLICATION_DEVELOPMENT, "a#b"))
                .contains(true);
        assertThat(configuration.names("applications", "shop", "parameters")).containsExactly("db.url", "empty");
        assertThat(configuration.value(ApplicationKeys.APPLICATION_PARAMETERS, "shop", "db.url"))
                .contains("jdbc:x");
        assertThat(configuration.names("hosts")).containsExactly("www.example.org");
        assertThat(configuration.value(Keys.HOST_ALIASES, "www.example.org"))
                .contains(List.of("example.org", "*.example.net"));
        assertThat(configuration.value(Keys.LOG_LEVELS, "org.xnio")).contains("debug");
    }

    @Test
    void mayHoldDotsInSectionsAndOnTheCommandLine() throws Exception {
        Configuration configuration = Configuration.builder()
                .file(ConfigurationText.file(directory, """
                        timeouts.drain: 7s
                        log.levels.org.xnio: debug
                        applications:
                          shop.parameters.db.url: x
                        limits: {head: 1KiB}
                        """))
                .commandLine("hosts.www.example.org.aliases", "a.example,b.example", "--set")
                .commandLine("applications.shop.parameters.a.b", "y", "--set")
                .commandLine("log.levels.org.jboss.logging", "error", "--set")
                .build();
        assertThat(configuration.value(Keys.TIMEOUTS_DRAIN)).isEqualTo(Duration.ofSeconds(7));
        assertThat(configuration.value(Keys.LOG_LEVELS, "org.xnio")).contains("debug");
        assertThat(configuration.value(Keys.LOG_LEVELS, "org.jboss.logging")).contains("error");
        assertThat(configuration.value(ApplicationKeys.APPLICATION_PARAMETERS, "shop", "db.url"))
                .contains("x");
        assertThat(configuration.value(ApplicationKeys.APPLICATION_PARAMETERS, "shop", "a.b"))
                .contains("y");
        assertThat(configuration.value(Keys.HOST_ALIASES, "www.example.org"))
                .contains(List.of("a.example", "b.example"));
        assertThat(ConfigurationText.problems(directory, "limits.head: 1KiB\nlimits: {head: 2KiB}\n"))
                .containsExactly("sluice.yaml:2: limits.head stands twice (expected: once)");
    }

    @Test
    void mayComeFromTheEnvironment() throws Exception {
        Configuration configuration = Configuration.builder()
                .file(ConfigurationText.file(directory, "applications: {a#b: {permits: 1}}\n"))
                .environment(Map.of(
                        "SLUICE_APPLICATIONS_A_B_QUEUE", "3",
                        "SLUICE_APPLICATIONS_SHOP_PERMITS", "5",
                        "SLUICE_APPLICATIONS_SHOP_PARAMETERS_PERMITS", "6",
                        "SLUICE_HOSTS_WWW_EXAMPLE_ORG_DIRECTORY", "www",
                        "SLUICE_LOG_LEVELS_ORG_XNIO", "debug",
                        "SLUICE_DATA_SOURCES_JDBC_SHOP_URL", "u",
                        "SLUICE_DATA_SOURCES_jdbc/Own_URL", "v"))
                .build();
        assertThat(configuration.warnings()).isEmpty();
        assertThat(configuration.value(ApplicationKeys.APPLICATION_QUEUE, "a#b"))
                .contains(3);
        assertThat(configuration.value(ApplicationKeys.APPLICATION_PERMITS, "shop"))
                .contains(5);
        assertThat(configuration.value(ApplicationKeys.APPLICATION_PARAMETERS, "shop", "permits"))
                .contains("6");
        assertThat(configuration.value(Keys.HOST_DIRECTORY, "www.example.org")).contains("www");
        assertThat(configuration.value(Keys.LOG_LEVELS, "org.xnio")).contains("debug");
        assertThat(configuration.value(ApplicationKeys.DATA_SOURCE_URL, "jdbc/shop"))
                .contains("u");
        assertThat(configuration.value(ApplicationKeys.DATA_SOURCE_URL, "jdbc/Own"))
                .contains("v");
    }
}
