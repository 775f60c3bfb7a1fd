package dev.sluice.deploy.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.lifecycle.State;
import org.junit.jupiter.api.Test;

class TwoApplicationsOnOnePathTest {
    private final FakeApplications apps = new FakeApplications();

    @Test
    void theSecondOneIsFailedBesideTheRunningOne() {
        apps.deployments.deploy(FakeApplications.request("shop.war"));
        Deployment second = apps.deployments.deploy(FakeApplications.request("shop"));

        assertThat(second.state()).isEqualTo(State.FAILED);
        assertThat(second.failure())
                .contains(
                        "context path /shop is taken by shop from /apps/shop.war (expected: one application for each path;"
                                + " give one of them another name or version)");
        assertThat(apps.deployments.all()).hasSize(2);
        assertThat(apps.deployments.find("shop")).map(Deployment::state).contains(State.RUNNING);
    }

    @Test
    void versionsLiveBesideEachOther() {
        apps.deployments.deploy(FakeApplications.request("shop.war"));
        Deployment second = apps.deployments.deploy(FakeApplications.request("shop##2.war"));

        assertThat(second.state()).isEqualTo(State.RUNNING);
        assertThat(apps.routes).containsOnlyKeys("/shop", "/shop2");
    }
}
