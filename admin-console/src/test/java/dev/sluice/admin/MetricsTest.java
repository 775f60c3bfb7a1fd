package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.testing.Answer;
import dev.sluice.api.testing.InMemory;
import dev.sluice.deploy.lifecycle.State;
import dev.sluice.engine.gate.MountStats;
import dev.sluice.engine.observe.RequestObserver;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final FakeServer server = new FakeServer();
    private RequestObserver observer;
    private InMemory application;

    @BeforeEach
    void start() throws Exception {
        Console console = new Console(server);
        observer = console.observer();
        application = InMemory.start(console);
    }

    @AfterEach
    void stop() throws Exception {
        application.close();
    }

    private String metrics() {
        return application.get("/metrics").text();
    }

    @Test
    void requestsAreMeasuredByApplicationMethodAndStatus() {
        observer.completed(FakeServer.request("shop", "GET", "/shop/1", 200, TimeUnit.MILLISECONDS.toNanos(7)));
        observer.completed(FakeServer.request("shop", "GET", "/shop/2", 200, TimeUnit.MILLISECONDS.toNanos(200)));
        observer.completed(FakeServer.request("", "GET", "/none", 404, 1000));

        String labels =
                "{app=\"/shop\",host=\"default\",http_request_method=\"GET\",http_response_status_code=\"200\",version=\"\"";
        assertThat(metrics())
                .contains("# TYPE http_server_request_duration_seconds histogram")
                .contains("http_server_request_duration_seconds_bucket" + labels + ",le=\"0.005\"} 0")
                .contains("http_server_request_duration_seconds_bucket" + labels + ",le=\"0.01\"} 1")
                .contains("http_server_request_duration_seconds_bucket" + labels + ",le=\"0.25\"} 2")
                .contains("http_server_request_duration_seconds_count" + labels + "} 2")
                .contains("{app=\"\",host=\"\",http_request_method=\"GET\",http_response_status_code=\"404\"");
    }

    @Test
    void anApplicationThatRunsWithoutAPartIsDegraded() {
        assertThat(metrics()).contains("sluice_app_degraded{app=\"/shop\",host=\"default\",version=\"\"} 0.0");
        server.applications.clear();
        server.degraded("shop", "/shop", "The servlet pay cannot be loaded");
        assertThat(metrics()).contains("sluice_app_degraded{app=\"/shop\",host=\"default\",version=\"\"} 1.0");
    }

    @Test
    void requestsThatWaitForALoginAreCounted() {
        assertThat(metrics())
                .contains(
                        "sluice_logins_waiting 3.0",
                        "sluice_logins_waiting_bytes 4096.0",
                        "sluice_logins_dropped_total 17.0");
    }

    @Test
    void whatClientsInventIsNoLabel() {
        for (int i = 0; i < 100; i++) {
            observer.completed(FakeServer.request("shop", "X" + i, "/shop/" + i, 405, 1));
        }

        assertThat(metrics())
                .contains("http_request_method=\"_OTHER\"")
                .doesNotContain("X99")
                .doesNotContain("/shop/");
    }

    @Test
    void applicationsConnectionsAndTheJvmAreThere() {
        server.change(State.Event.START, State.Event.STARTED);
        server.change(State.Event.START, State.Event.FAIL);

        assertThat(metrics())
                .contains("http_server_active_requests{app=\"/shop\",host=\"default\",version=\"\"} 3")
                .contains("sluice_requests_rejected_total{app=\"/shop\",host=\"default\",version=\"\"} 4")
                .contains("sluice_requests_unrouted_total 9")
                .contains(
                        "sluice_app_state{app=\"/shop\",host=\"default\",name=\"shop\",source=\"shop.war\",state=\"running\",version=\"\"}"
                                + " 1")
                .contains(
                        "sluice_app_state{app=\"/shop\",host=\"default\",name=\"shop\",source=\"shop.war\",state=\"failed\",version=\"\"}"
                                + " 0")
                .contains(
                        "sluice_app_deploy_duration_seconds{app=\"/shop\",host=\"default\",name=\"shop\",source=\"shop.war\",version=\"\"}"
                                + " 1.5")
                .contains("sluice_app_deploys_total{result=\"running\"} 1")
                .contains("sluice_app_deploys_total{result=\"failed\"} 1")
                .contains("sluice_connections_open 11")
                .contains("sluice_loader_leaked 1")
                .contains("jvm_memory_used_bytes")
                .contains("process_start_time_seconds");
    }

    @Test
    void oneApplicationOnTwoHostsIsTwoSeries() {
        server.more.add(new MountStats(
                "example", "example/shop", "/shop", "", 1, 9, 1, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, "", List.of()));

        assertThat(metrics())
                .contains("http_server_active_requests{app=\"/shop\",host=\"default\",version=\"\"} 3")
                .contains("http_server_active_requests{app=\"/shop\",host=\"example\",version=\"\"} 1");
    }

    @Test
    void whatFailedBesideItIsToldApart() {
        server.application("shop", "/shop", State.FAILED, "taken", "shop.jar", Instant.EPOCH);

        assertThat(metrics())
                .contains("name=\"shop\",source=\"shop.war\",state=\"running\",version=\"\"} 1")
                .contains("name=\"shop\",source=\"shop.jar\",state=\"failed\",version=\"\"} 1");
    }

    @Test
    void aDuplicateDoesNotTakeThePageDown() {
        server.application("shop", "/shop", State.FAILED, "taken");
        server.more.add(
                new MountStats("default", "shop", "/shop", "", 1, 9, 1, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, "", List.of()));

        assertThat(application.get("/metrics").status()).isEqualTo(200);
        assertThat(metrics()).contains("http_server_active_requests{app=\"/shop\",host=\"default\",version=\"\"} 4");
    }

    @Test
    void eachBoundHasACounter() {
        assertThat(metrics())
                .contains("sluice_connections_over_limit_total 1")
                .contains("sluice_connections_evicted_total 4")
                .contains("sluice_requests_malformed_total 2")
                .contains("sluice_requests_oversized_total 3")
                .contains("sluice_responses_slow_total 9")
                .contains("sluice_streams_refused_total 6")
                .contains("sluice_logins_locked_out_total 12")
                .contains("sluice_requests_beyond_limits_total{app=\"/shop\",host=\"default\",version=\"\"} 9")
                .contains("sluice_loop_holds_total 5");
    }

    @Test
    void openMetricsIsWrittenForThoseWhoAskForIt() {
        Answer answer = application
                .call("GET", "/metrics")
                .header("Accept", "application/openmetrics-text; version=1.0.0")
                .send();

        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
        assertThat(answer.text()).endsWith("# EOF\n");
    }
}
