package dev.sluice.deploy.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.dropin.ArchiveName;
import dev.sluice.deploy.lifecycle.State;
import dev.sluice.engine.routing.VirtualHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The same archive may be served at several paths; each is an application of its own. */
class OneArchiveAtTwoPathsTest {
    private static final Path ARCHIVE = Path.of("/apps/shop.war");

    private final FakeApplications apps = new FakeApplications();

    private Deployment deploy(String contextPath) {
        return apps.deployments.deploy(
                new DeploymentRequest(ARCHIVE, ArchiveName.at(contextPath), VirtualHost.DEFAULT));
    }

    @Test
    void bothAreServed() {
        assertThat(deploy("/here").state()).isEqualTo(State.RUNNING);
        assertThat(deploy("/there").state()).isEqualTo(State.RUNNING);

        assertThat(apps.deployments.all()).hasSize(2);
        assertThat(apps.routes).containsOnlyKeys("/here", "/there");
    }

    @Test
    void oneIsReplacedWithoutTheOther() {
        Deployment here = deploy("/here");
        Deployment there = deploy("/there");
        assertThat(deploy("/here")).isNotSameAs(here);

        assertThat(apps.deployments.all()).hasSize(2).contains(there).doesNotContain(here);
    }

    @Test
    void whatIsGoneIsServedNowhere() {
        deploy("/here");
        deploy("/there");
        apps.deployments.undeploy(ARCHIVE).join();

        assertThat(apps.deployments.all()).isEmpty();
        assertThat(apps.routes).isEmpty();
    }
}
