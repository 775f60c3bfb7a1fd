package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.testing.Answer;
import dev.sluice.deploy.lifecycle.State;
import org.junit.jupiter.api.Test;

class ApplicationsAsJsonTest {
    @Test
    void listsStateAndFigures() throws Exception {
        FakeServer server = new FakeServer();
        server.application("a#b", "/a/b", State.FAILED, "no \"zip\"");
        server.degraded("cart", "/cart", "The servlet pay cannot be loaded", "The servlet ship is unavailable");
        try (OwnConsole console = OwnConsole.of(server)) {
            Answer answer = console.get("/api/v1/apps");

            assertThat(answer.header("Content-Type")).contains("application/json");
            assertThat(answer.header("Cache-Control")).contains("no-store");
            assertThat(answer.text())
                    .startsWith("[{\"name\":\"shop\",\"contextPath\":\"/shop\",\"version\":\"\",\"host\":\"default\","
                            + "\"state\":\"running\",\"since\":\"1970-01-01T00:00:00Z\",\"kind\":\"war\","
                            + "\"source\":\"/apps/shop.war\",\"hash\":\"abc\",\"startMillis\":1500,")
                    .contains("\"requests\":100,\"inFlight\":3,\"waiting\":1,\"permits\":512,\"rejected\":4")
                    .contains("{\"name\":\"a#b\",\"contextPath\":\"/a/b\"")
                    .contains("\"state\":\"failed\"")
                    .contains("\"degradations\":[\"The servlet pay cannot be loaded\",\"The servlet ship is"
                            + " unavailable\"]")
                    .contains("\"reason\":\"no \\\"zip\\\"\"");
            assertThat(console.get("/api/v1/stats").text())
                    .contains("\"connectionsOpen\":11")
                    .contains("\"requestsUnrouted\":9");
            assertThat(console.get("/api/v1/loaders").text())
                    .isEqualTo("[{\"application\":\"old\",\"fate\":\"leaked\",\"closedAt\":\"1970-01-01T00:00:00Z\","
                            + "\"holders\":[\"thread t\"]}]");
        }
    }
}
