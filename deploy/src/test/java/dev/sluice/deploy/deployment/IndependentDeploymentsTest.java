package dev.sluice.deploy.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.deploy.lifecycle.Deadline;
import dev.sluice.deploy.lifecycle.State;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A start or an end that never returns concerns nobody else. */
class IndependentDeploymentsTest {
    private final FakeApplications apps = new FakeApplications();
    private final CountDownLatch never = new CountDownLatch(1);

    @BeforeEach
    void timeouts() {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @AfterEach
    void release() {
        never.countDown();
        org.awaitility.Awaitility.reset();
    }

    /** With two turns, two starts that hang must not take both for ever. */
    @Test
    void hungStartsDoNotKeepOthersFromStarting() {
        apps.starts.put("a-1", never);
        apps.starts.put("b-2", never);
        CompletableFuture<Deployment> hung = apps.deployments.deployAside(FakeApplications.request("a.war"));
        await().until(() -> apps.log.contains("hung a-1"));
        apps.deployments.deployAside(FakeApplications.request("b.war"));
        await().until(() -> apps.log.contains("hung b-2"));

        Deployment other = apps.deployments.deploy(FakeApplications.request("c.war"));

        assertThat(other.state()).isEqualTo(State.RUNNING);
        assertThat(hung).isNotDone();
        assertThat(apps.deployments.find("a").orElseThrow().state()).isEqualTo(State.STARTING);
    }

    @Test
    void aNewArchiveTakesThePlaceOfAStartThatHangs() {
        apps.starts.put("shop-1", never);
        Deployment hung = begun("shop.war", "hung shop-1");

        Deployment next = apps.deployments.deploy(FakeApplications.request("shop.war"));

        assertThat(next.state()).isEqualTo(State.RUNNING);
        assertThat(apps.deployments.all()).containsExactly(next);
        await().until(() -> hung.state() == State.FAILED);
        assertThat(apps.log).contains("close shop-1").doesNotContain("route shop-1");
    }

    @Test
    void aRedeployThatHangsLeavesTheOldOneServingUntilAnotherSucceeds() {
        Deployment old = apps.deployments.deploy(FakeApplications.request("shop.war"));
        apps.starts.put("shop-2", never);
        apps.deployments.deployAside(FakeApplications.request("shop.war"));
        await().until(() -> apps.log.contains("hung shop-2"));
        assertThat(old.replacement())
                .hasValueSatisfying(next -> assertThat(next.state()).isEqualTo(State.STARTING));

        Deployment third = apps.deployments.deploy(FakeApplications.request("shop.war"));

        assertThat(apps.routes.get("/shop").name()).isEqualTo("shop-3");
        assertThat(apps.deployments.all()).containsExactly(third);
        await().until(() -> old.state() == State.STOPPED);
        assertThat(apps.log).doesNotContain("route shop-2");
    }

    @Test
    void anApplicationThatIsTakenAwayWhileItStartsDoesNotRun() {
        apps.starts.put("shop-1", never);
        Deployment hung = begun("shop.war", "hung shop-1");

        apps.deployments.undeploy(hung.request().source()).join();

        assertThat(hung.state()).isEqualTo(State.STOPPED);
        assertThat(apps.deployments.all()).isEmpty();
        assertThat(apps.log).contains("close shop-1").doesNotContain("route shop-1");
    }

    @Test
    void stoppingAllHasOneDeadlineForAll() {
        apps.stops.put("a-1", never);
        apps.stops.put("b-2", never);
        apps.deployments.deploy(FakeApplications.request("a.war"));
        apps.deployments.deploy(FakeApplications.request("b.war"));
        Deployment good = apps.deployments.deploy(FakeApplications.request("c.war"));

        apps.deployments.stopAll(Deadline.in(Duration.ofMillis(300)));

        await().until(() -> good.state() == State.STOPPED);
        assertThat(apps.log).contains("stop a-1", "stop b-2", "close c-3").doesNotContain("close a-1");
        assertThat(never.getCount()).isOne();
    }

    @Test
    void nothingStartsAfterTheStop() {
        apps.deployments.stopAll(Deadline.in(Duration.ZERO));

        Deployment late = apps.deployments.deploy(FakeApplications.request("late.war"));

        assertThat(late.failure()).contains("the server stops");
        assertThat(apps.log).isEmpty();
    }

    private Deployment begun(String file, String entry) {
        apps.deployments.deployAside(FakeApplications.request(file));
        await().until(() -> apps.log.contains(entry));
        return apps.deployments.all().get(0);
    }
}
