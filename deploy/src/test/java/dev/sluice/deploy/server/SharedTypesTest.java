package dev.sluice.deploy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.deployment.DeploymentRequest;
import dev.sluice.deploy.dropin.ArchiveName;
import dev.sluice.engine.routing.VirtualHost;
import dev.sluice.fork.ForkOptions;
import dev.sluice.fork.Template;
import dev.sluice.fork.report.ForkException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code applications.NAME.shared}: what the forks of an application share although nothing is annotated. */
class SharedTypesTest {
    @TempDir
    Path directory;

    private ApplicationSettings settings;

    @BeforeEach
    void read() throws Exception {
        Path file = Files.writeString(directory.resolve("sluice.yaml"), """
                applications:
                  shop:
                    shared: [java.io.InputStream, org.example.*]
                """);
        settings = new ApplicationSettings(Configuration.builder().file(file).build());
    }

    private ForkOptions forks(String archive) {
        Path path = directory.resolve(archive);
        return settings.forks(new DeploymentRequest(path, ArchiveName.of(path), VirtualHost.DEFAULT));
    }

    @Test
    void ofTheApplicationInAllItsVersions() {
        Object[] state = {new FileInputStream(FileDescriptor.in)};

        assertThat(Template.of("state", state, forks("shop.war")).fork()[0]).isSameAs(state[0]);
        assertThat(Template.of("state", state, forks("shop##2.war")).fork()[0]).isSameAs(state[0]);
    }

    @Test
    void notOfOthers() {
        Object[] state = {new FileInputStream(FileDescriptor.in)};

        assertThatThrownBy(() -> Template.of("state", state, forks("other.war")))
                .isInstanceOf(ForkException.class)
                .hasMessageContaining("java.io.FileInputStream");
    }
}
