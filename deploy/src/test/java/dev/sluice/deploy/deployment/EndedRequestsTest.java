package dev.sluice.deploy.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.deploy.lifecycle.Deadline;
import dev.sluice.deploy.lifecycle.State;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Requests that outlive the drain time are ended, and only then the application is stopped. */
class EndedRequestsTest {
    private final FakeApplications apps = new FakeApplications(Duration.ofMillis(50));

    @Test
    void theyAreEndedBeforeTheApplicationStops() {
        apps.busy.put("shop-1", new CountDownLatch(1));
        Deployment old = apps.deployments.deploy(FakeApplications.request("shop.war"));

        apps.deployments.undeploy(old.request().source()).join();

        assertThat(apps.log)
                .containsSubsequence(
                        "unroute shop-1",
                        "drained shop-1",
                        "end shop-1",
                        "drained shop-1",
                        "stop shop-1",
                        "close shop-1");
    }

    @Test
    void atTheStopOfTheServerToo() {
        apps.busy.put("shop-1", new CountDownLatch(1));
        Deployment old = apps.deployments.deploy(FakeApplications.request("shop.war"));

        apps.deployments.stopAll(Deadline.in(Duration.ofSeconds(60)));

        await().until(() -> old.state() == State.STOPPED);
        assertThat(apps.log).containsSubsequence("end shop-1", "stop shop-1");
    }
}
