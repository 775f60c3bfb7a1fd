package dev.sluice.deploy.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.lifecycle.State;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UndeployTest {
    private final FakeApplications apps = new FakeApplications();

    @Test
    void releasesInReverse() throws Exception {
        Deployment shop = apps.deployments.deploy(FakeApplications.request("shop.war"));
        apps.log.clear();

        apps.deployments.undeploy(shop.request().source()).get(60, TimeUnit.SECONDS);

        assertThat(apps.log).containsExactly("unroute shop-1", "drained shop-1", "stop shop-1", "close shop-1");
        assertThat(shop.state()).isEqualTo(State.STOPPED);
        assertThat(apps.deployments.all()).isEmpty();
    }

    @Test
    void ofAFailedOneJustForgetsIt() throws Exception {
        apps.failures.put("open shop", new IllegalStateException("planted"));
        Deployment shop = apps.deployments.deploy(FakeApplications.request("shop.war"));

        apps.deployments.undeploy(shop.request().source()).get(60, TimeUnit.SECONDS);

        assertThat(shop.state()).isEqualTo(State.STOPPED);
        assertThat(apps.deployments.all()).isEmpty();
    }

    @Test
    void ofNothingIsNothing() {
        assertThat(apps.deployments.undeploy(Path.of("/none.war"))).isCompleted();
    }

    @Test
    void allChangesAreTold() throws Exception {
        List<String> states = new CopyOnWriteArrayList<>();
        apps.deployments.follow(change -> states.add(change.name() + " " + change.to()));
        Deployment shop = apps.deployments.deploy(FakeApplications.request("shop.war"));
        apps.deployments.undeploy(shop.request().source()).get(60, TimeUnit.SECONDS);

        assertThat(states).containsExactly("shop starting", "shop running", "shop draining", "shop stopped");
    }
}
