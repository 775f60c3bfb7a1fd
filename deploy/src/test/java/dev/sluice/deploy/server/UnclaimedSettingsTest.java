package dev.sluice.deploy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.deployment.DeploymentRequest;
import dev.sluice.deploy.dropin.ArchiveName;
import dev.sluice.engine.routing.VirtualHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sections below {@code applications} that no application has: their owner should hear of it. */
class UnclaimedSettingsTest {
    @TempDir
    Path directory;

    private static DeploymentRequest request(ArchiveName name) {
        return new DeploymentRequest(Path.of(name.name() + ".war"), name, VirtualHost.DEFAULT);
    }

    private List<String> unclaimed(ArchiveName... names) throws Exception {
        Path file = Files.writeString(directory.resolve("sluice.yaml"), """
                applications:
                  shop:
                    permits: 64
                  a#b:
                    queue: 8
                """);
        return new ApplicationSettings(Configuration.builder().file(file).build())
                .unclaimed(List.of(names).stream()
                        .map(UnclaimedSettingsTest::request)
                        .toList());
    }

    @Test
    void noneIfAnApplicationOrAVersionOfItHasTheName() throws Exception {
        assertThat(unclaimed(ArchiveName.of(Path.of("shop##2.war")), ArchiveName.of(Path.of("a#b.war"))))
                .isEmpty();
    }

    @Test
    void theNameOfAGivenContextPathCountsNotTheFiles() throws Exception {
        assertThat(unclaimed(ArchiveName.at("/a/b"), ArchiveName.at("/store"))).containsExactly("shop");
    }
}
