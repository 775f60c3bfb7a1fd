package dev.sluice.deploy.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where secrets may stand, and that they are shown nowhere. */
class SecretsTest {
    private static final String SECRET = "s3cr3t";

    @TempDir
    Path directory;

    private static String shown(Configuration configuration) {
        StringBuilder all = new StringBuilder();
        configuration
                .settings()
                .forEach(setting -> all.append(setting).append(setting.text()).append('\n'));
        configuration.warnings().forEach(all::append);
        return all.toString();
    }

    @Test
    void aVariableOfTheEnvironment() throws Exception {
        Configuration configuration = Configuration.builder()
                .file(ConfigurationText.file(
                        directory, "data-sources: {jdbc/guest: {driver: d, url: u}, other: {driver: d, url: u}}"))
                .environment(Map.of("SLUICE_DATA_SOURCES_JDBC_GUEST_PASSWORD", SECRET))
                .build();
        assertThat(configuration.value(ApplicationKeys.DATA_SOURCE_PASSWORD, "jdbc/guest"))
                .contains(SECRET);
        assertThat(configuration.warnings()).isEmpty();
        assertThat(shown(configuration))
                .contains("data-sources.jdbc/guest.password")
                .doesNotContain(SECRET);
    }

    @Test
    void aVariableThatIsNoKeyIsNotPrinted() throws Exception {
        Configuration configuration = Configuration.builder()
                .environment(Map.of("SLUICE_DATA_SOURCES_PASSWORT", SECRET, "SLUICE_PORT", "tcp://" + SECRET))
                .build();
        assertThat(configuration.warnings()).hasSize(2);
        assertThat(shown(configuration)).doesNotContain(SECRET);
    }

    @Test
    void references() throws Exception {
        Path file = Files.writeString(directory.resolve("password"), SECRET + "\n");
        Configuration configuration = Configuration.builder()
                .environment(Map.of("DB_PASSWORD", SECRET))
                .commandLine("tls.keystore-password", "file:" + file, "--set")
                .commandLine("realm.jdbc.password", "env:DB_PASSWORD", "--set")
                .commandLine("realm.ldap.bind-password", "text:env:x", "--set")
                .build();
        assertThat(configuration.value(Keys.TLS_KEYSTORE_PASSWORD)).isEqualTo(SECRET);
        assertThat(configuration.value(LoginKeys.REALM_JDBC_PASSWORD)).isEqualTo(SECRET);
        assertThat(configuration.value(LoginKeys.REALM_LDAP_BIND_PASSWORD)).isEqualTo("env:x");
        assertThat(shown(configuration))
                .contains("env:DB_PASSWORD", "file:" + file)
                .doesNotContain(SECRET, "env:x");
    }

    @Test
    void aReferenceThatLeadsNowhereIsAnError() {
        for (String reference : new String[] {"env:NONE", "file:/none/password", "file:password"}) {
            assertThatThrownBy(() -> Configuration.builder()
                            .commandLine("realm.jdbc.password", reference, "--set")
                            .build())
                    .hasMessageContaining("realm.jdbc.password")
                    .hasMessageContaining(reference)
                    .hasMessageContaining("expected");
        }
    }

    @Test
    void secretsUnderOtherKeys() throws Exception {
        Configuration configuration = ConfigurationText.read(directory, """
                applications: {shop: {parameters: {mail.password: s3cr3t, colour: red}}}
                data-sources: {jdbc/x: {driver: d, url: 'jdbc:x://u:s3cr3t@h/db?password=s3cr3t&a=b'}}
                """);
        assertThat(shown(configuration))
                .contains("red", "jdbc:x://u:***@h/db?password=***&a=b")
                .doesNotContain(SECRET);
        assertThat(configuration.value(ApplicationKeys.APPLICATION_PARAMETERS, "shop", "mail.password"))
                .contains(SECRET);
        assertThat(ConfigurationText.problems(directory, "data-sources: s3cr3t\n"))
                .singleElement()
                .asString()
                .doesNotContain(SECRET);
    }
}
