package dev.sluice.deploy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.deploy.configuration.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be is an error at the start, not at the first login or the last stop. */
class StartChecksTest {
    @TempDir
    Path directory;

    private AbstractThrowableAssert<?, ? extends Throwable> starting(String... settings) {
        return assertThatThrownBy(() -> {
            Configuration.Builder builder = Configuration.builder()
                    .commandLine("drop-in.directory", "", "test")
                    .commandLine("management.enabled", "false", "test");
            for (String setting : settings) {
                int equals = setting.indexOf('=');
                builder.commandLine(setting.substring(0, equals), setting.substring(equals + 1), "test");
            }
            assertThat(new Server(builder.build(), new Installation(directory), List.of()))
                    .isNull();
        });
    }

    @Test
    void aMissingUsersFile() {
        starting("users-file=conf/users")
                .hasMessageContaining("users-file: " + directory.resolve("conf/users"))
                .hasMessageContaining("does not exist")
                .hasMessageContaining("sluice password");
    }

    @Test
    void moreThanOnePlaceOfUsers() {
        starting("users-file=users", "realm.ldap.url=ldap://localhost")
                .hasMessage("users-file and realm.ldap.url are set (expected: one of them, where the users are)");
    }

    @Test
    void aDatabaseWithoutDriver() {
        starting("realm.jdbc.url=jdbc:h2:mem:x").hasMessageContaining("realm.jdbc.driver is not set");
        starting("realm.jdbc.url=jdbc:h2:mem:x;password=s3cr3t", "realm.jdbc.driver=org.example.None")
                .hasMessageContaining("realm.jdbc")
                .hasMessageContaining("org.example.None")
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("s3cr3t"));
    }

    @Test
    void adirectoryThatIsNoUrl() {
        starting("realm.ldap.url=directory.example").hasMessageContaining("realm.ldap.url: directory.example");
    }

    @Test
    void aDirectoryOfSessionsThatCannotBeWritten() throws Exception {
        Files.writeString(directory.resolve("file"), "x");
        starting("sessions.directory=file")
                .hasMessageContaining("sessions.directory: " + directory.resolve("file"))
                .hasMessageContaining("cannot be written");
    }

    @Test
    void aSerialFilterThatIsNone() {
        starting("sessions.serial-filter=maxdepth=x").hasMessageContaining("maxdepth=x");
    }

    @Test
    void oneNameOfTwoHosts() {
        starting("hosts.one.aliases=www.example.org", "hosts.two.aliases=WWW.example.org")
                .hasMessageContaining("hosts.two")
                .hasMessageContaining("hosts.one")
                .hasMessageContaining("WWW.example.org");
        starting("hosts.one.aliases=two", "hosts.two.directory=two").hasMessageContaining("are both called two");
    }

    @Test
    void aDataSourceWithoutUrl() {
        starting("data-sources.jdbc/x.password=s3cr3t")
                .hasMessageContaining("data-sources.jdbc/x.url")
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("s3cr3t"));
    }

    @Test
    void aProxyThatIsNoAddress() {
        starting("proxies.trusted=proxy.example").hasMessageContaining("proxies.trusted: proxy.example is no range");
    }
}
