package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.testing.Answer;
import dev.sluice.deploy.access.Grant;
import dev.sluice.deploy.lifecycle.State;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets in, with what, and what somebody is told who does not. */
class WhoMayTest {
    private final FakeServer server = new FakeServer();
    private OwnConsole console;

    @BeforeEach
    void start() throws Exception {
        server.application("cart", "/cart", State.RUNNING, "");
        console = OwnConsole.of(server);
    }

    @AfterEach
    void stop() throws Exception {
        console.close();
    }

    private Answer basic(String user, String password, String path) {
        String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return console.bare("GET", path)
                .header("Authorization", "Basic " + pair)
                .send();
    }

    @Test
    void nobodyIsAskedForALogin() {
        Answer answer = console.bare("GET", "/api/v1/apps").send();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer realm=\"sluice\"");
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.text()).contains("tag:sluice.dev,2026:login-needed", "sluice token");
    }

    @Test
    void aTokenThatWasRevokedIsRefusedAtOnce() throws Exception {
        var token = server.access().tokens().add("short", List.of(Grant.parse("viewer")));
        server.access().tokens().revoke(token.id());
        Answer answer = console.bare("GET", "/api/v1/apps")
                .header("Authorization", "Bearer " + token.text())
                .send();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).contains("not known, or was revoked");
    }

    @Test
    void whoSeesOneApplicationSeesThatAlone() throws Exception {
        OwnConsole viewer = console.as("viewer@cart");
        assertThat(viewer.get("/api/v1/apps").text())
                .contains("\"name\":\"cart\"")
                .doesNotContain("\"name\":\"shop\"");
        assertThat(viewer.get("/api/v1/requests").text()).isEqualTo("[]");
        assertThat(viewer.get("/api/v1/apps/cart/templates").status()).isEqualTo(200);
        Answer other = viewer.get("/api/v1/apps/shop/templates");
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.text())
                .contains(
                        "tag:sluice.dev,2026:missing-role",
                        "token other has viewer@cart (expected: viewer or viewer@shop;",
                        "\"required\":\"viewer or viewer@shop\"",
                        "\"granted\":\"viewer@cart\"");
        assertThat(viewer.get("/api/v1/stats").text()).contains("expected: viewer;");
        assertThat(viewer.get("/api/v1/journal").status()).isEqualTo(403);
    }

    @Test
    void usersOfTheRealmHaveTheRolesThatAreMeantForHere() {
        assertThat(basic("ann", "ann", "/api/v1/me").text())
                .isEqualTo("{\"name\":\"user ann\",\"roles\":[\"viewer@shop\"]}");
        assertThat(basic("ann", "ann", "/api/v1/stats").status()).isEqualTo(403);
        assertThat(basic("ann", "wrong", "/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void whoGuessesIsHeldUpAndNobodyElse() {
        String wrong = "Bearer sluice_00000000_" + "A".repeat(43);
        for (int i = 0; i < 5; i++) {
            console.bare("GET", "/api/v1/me").header("Authorization", wrong).send();
        }
        Answer held =
                console.bare("GET", "/api/v1/me").header("Authorization", wrong).send();
        assertThat(held.status()).isEqualTo(429);
        assertThat(held.text()).contains("tag:sluice.dev,2026:too-many-logins");
        assertThat(console.get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void metricsAndHealthAreOpenOnThisMachine() {
        for (String path : new String[] {"/metrics", "/health/live", "/health/ready", "/health/started"}) {
            assertThat(console.bare("GET", path).send().status()).as(path).isEqualTo(200);
        }
    }

    @Test
    void theProbesTokenOpensThemAndNothingElse() throws Exception {
        server.settings.add(new String[] {"management.probe-token", "scrape"});
        try (OwnConsole guarded = OwnConsole.of(server)) {
            assertThat(guarded.bare("GET", "/metrics").send().status()).isEqualTo(401);
            assertThat(guarded.get("/metrics").status())
                    .as("who may see the server may see them")
                    .isEqualTo(200);
            assertThat(guarded.bare("GET", "/metrics")
                            .header("Authorization", "Bearer scrape")
                            .send()
                            .status())
                    .isEqualTo(200);
            assertThat(guarded.bare("GET", "/api/v1/stats")
                            .header("Authorization", "Bearer scrape")
                            .send()
                            .status())
                    .isEqualTo(401);
        }
    }
}
