package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.lane.RouteTimes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutesAsJsonTest {
    @Test
    void tellWhyARouteRunsOnThePool() throws Exception {
        FakeServer server = new FakeServer();
        server.routes = List.of(
                new RouteTimes.State("quick", Duration.ofNanos(12_000), false, false, 1),
                new RouteTimes.State("slow", Duration.ofMillis(3), true, false, 2),
                new RouteTimes.State("new", Duration.ZERO, false, true, 0));
        try (OwnConsole console = OwnConsole.of(server)) {
            assertThat(console.get("/api/v1/routes").text())
                    .contains("\"route\":\"quick\",\"lane\":\"own\",\"reason\":\"\",\"averageMicros\":12,\"moves\":1")
                    .contains("\"route\":\"slow\",\"lane\":\"pool\",\"reason\":\"held its loop\"")
                    .contains("\"route\":\"new\",\"lane\":\"pool\",\"reason\":\"not proved yet\"");
        }
    }
}
