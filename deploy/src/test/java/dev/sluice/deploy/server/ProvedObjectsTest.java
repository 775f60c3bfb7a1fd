package dev.sluice.deploy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.ConfigurationException;
import dev.sluice.deploy.deployment.DeploymentRequest;
import dev.sluice.deploy.dropin.ArchiveName;
import dev.sluice.engine.routing.VirtualHost;
import dev.sluice.fork.ForkOptions;
import dev.sluice.fork.Template;
import dev.sluice.fork.report.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code applications.NAME.proved-objects}: how much of a template is compared with a fork. */
class ProvedObjectsTest {
    @TempDir
    Path directory;

    private Configuration configured(String value) throws Exception {
        Path file = Files.writeString(
                directory.resolve("sluice.yaml"), "applications:\n  shop:\n    proved-objects: " + value + "\n");
        return Configuration.builder().file(file).build();
    }

    private ForkOptions forks(ApplicationSettings settings, String archive) {
        Path path = directory.resolve(archive);
        return settings.forks(new DeploymentRequest(path, ArchiveName.of(path), VirtualHost.DEFAULT));
    }

    @Test
    void ofOneApplication() throws Exception {
        ApplicationSettings settings = new ApplicationSettings(configured("1"));
        Object[] state = {new int[1], new int[2]};

        assertThat(Template.of("state", state, forks(settings, "shop.war")).warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.kind()).isEqualTo(Finding.Kind.SAMPLED));
        assertThat(Template.of("state", state, forks(settings, "other.war")).warnings())
                .isEmpty();
    }

    @Test
    void notNegative() {
        assertThatThrownBy(() -> configured("-1"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("applications.shop.proved-objects")
                .hasMessageContaining("-1");
    }
}
