package dev.sluice.deploy.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.deploy.lifecycle.State;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RedeployTest {
    private final FakeApplications apps = new FakeApplications();
    private final DeploymentRequest shop = FakeApplications.request("shop.war");

    @Test
    void theNewVersionStartsFirstAndTheOldOneEndsAfterItsRequests() {
        CountDownLatch requests = new CountDownLatch(1);
        apps.busy.put("shop-1", requests);
        Deployment old = apps.deployments.deploy(shop);
        Deployment next = apps.deployments.deploy(shop);

        assertThat(next.state()).isEqualTo(State.RUNNING);
        assertThat(apps.routes.get("/shop").name()).isEqualTo("shop-2");
        await().atMost(60, TimeUnit.SECONDS).until(() -> old.state() == State.DRAINING);
        assertThat(apps.log).doesNotContain("stop shop-1");

        requests.countDown();

        await().atMost(60, TimeUnit.SECONDS).until(() -> old.state() == State.STOPPED);
        assertThat(apps.log)
                .containsExactly(
                        "open shop-1",
                        "start shop-1",
                        "route shop-1",
                        "open shop-2",
                        "start shop-2",
                        "route shop-2 instead",
                        "unroute shop-1",
                        "drained shop-1",
                        "stop shop-1",
                        "close shop-1");
        assertThat(apps.routes.get("/shop").name()).isEqualTo("shop-2");
    }

    @Test
    void aFailedOneLeavesTheOldVersionServing() {
        Deployment old = apps.deployments.deploy(shop);
        apps.failures.put("start shop", new IllegalStateException("no database"));

        Deployment serving = apps.deployments.deploy(shop);

        assertThat(serving).isSameAs(old);
        assertThat(serving.state()).isEqualTo(State.RUNNING);
        assertThat(serving.redeployFailure()).contains("no database");
        assertThat(apps.routes.get("/shop").name()).isEqualTo("shop-1");
        assertThat(apps.log).endsWith("open shop-2", "close shop-2");
        assertThat(apps.deployments.all()).containsExactly(old);
    }

    @Test
    void aFailedDeploymentIsTriedAgain() {
        apps.failures.put("open shop", new IllegalStateException("not a zip"));
        assertThat(apps.deployments.deploy(shop).failure())
                .hasValueSatisfying(reason -> assertThat(reason).contains("not a zip"));
        apps.failures.clear();

        assertThat(apps.deployments.deploy(shop).state()).isEqualTo(State.RUNNING);
        assertThat(apps.deployments.all()).hasSize(1);
    }
}
