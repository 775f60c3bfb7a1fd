package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.testing.Answer;
import dev.sluice.deploy.lifecycle.State;
import dev.sluice.deploy.management.SilentLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final FakeServer server = new FakeServer();
    private OwnConsole console;

    @BeforeEach
    void start() throws Exception {
        console = OwnConsole.of(server);
    }

    @AfterEach
    void stop() throws Exception {
        console.close();
    }

    @Test
    void isUpWhenEverythingRuns() {
        for (String probe : new String[] {"live", "ready", "started"}) {
            Answer answer = console.get("/health/" + probe);
            assertThat(answer.status()).as(probe).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("{\"status\":\"up\"}");
        }
    }

    @Test
    void anApplicationWithoutSomeOfItsPartsIsReadyAndNamed() {
        server.degraded("cart", "/cart", "The servlet pay cannot be loaded: no such class");

        assertThat(console.get("/health/ready").status()).isEqualTo(200);
        assertThat(console.get("/health/ready").text())
                .isEqualTo("{\"status\":\"up\",\"degraded\":[{\"name\":\"cart\",\"state\":\"running\","
                        + "\"reason\":\"The servlet pay cannot be loaded: no such class\"}]}");
    }

    @Test
    void aFailedApplicationIsNamedWithItsReason() {
        server.application("cart", "/cart", State.FAILED, "web.xml:3: broken");

        assertThat(console.get("/health/ready").status()).isEqualTo(503);
        assertThat(console.get("/health/ready").text())
                .isEqualTo("{\"status\":\"down\",\"culprits\":"
                        + "[{\"name\":\"cart\",\"state\":\"failed\",\"reason\":\"web.xml:3: broken\"}]}");
        assertThat(console.get("/health/live").status()).isEqualTo(200);
        assertThat(console.get("/health/started").status()).isEqualTo(200);
    }

    @Test
    void anApplicationThatIsAddedLaterDoesNotMakeItUnreadyWhileItStarts() {
        server.application("late", "/late", State.STARTING, "", "late.war", Instant.EPOCH.plusSeconds(1));
        assertThat(console.get("/health/ready").status()).isEqualTo(200);

        server.settings.add(new String[] {"health.starting", "true"});
        assertThat(console.get("/health/ready").text()).contains("{\"name\":\"late\",\"state\":\"starting\"}");
    }

    @Test
    void oneThatWasThereAtTheStartDoes() {
        server.application("slow", "/slow", State.STARTING, "", "slow.war", Instant.EPOCH.minusSeconds(1));

        assertThat(console.get("/health/ready").status()).isEqualTo(503);
    }

    @Test
    void aServerThatDrainsIsNotReadyButAlive() {
        server.state = State.DRAINING;

        assertThat(console.get("/health/ready").text()).contains("{\"name\":\"server\",\"state\":\"draining\"}");
        assertThat(console.get("/health/live").status()).isEqualTo(200);
        assertThat(console.get("/health/started").status()).isEqualTo(200);
    }

    @Test
    void aLoopThatDoesNotTurnIsNamed() {
        server.silentLoops = List.of(new SilentLoop("sluice-loop-1", Duration.ofSeconds(12)));

        for (String probe : new String[] {"live", "ready"}) {
            Answer answer = console.get("/health/" + probe);
            assertThat(answer.status()).as(probe).isEqualTo(503);
            assertThat(answer.text())
                    .isEqualTo("{\"status\":\"down\",\"culprits\":[{\"name\":\"sluice-loop-1\","
                            + "\"state\":\"silent\",\"reason\":\"no turn for 12000 ms\"}]}");
        }
        assertThat(console.get("/health/started").status()).isEqualTo(200);
    }

    @Test
    void aServerThatStartsIsNotStarted() {
        server.state = State.STARTING;

        assertThat(console.get("/health/started").status()).isEqualTo(503);
        assertThat(console.get("/health/ready").status()).isEqualTo(503);
        assertThat(console.get("/health/live").status()).isEqualTo(200);
    }
}
