package dev.sluice.deploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogLevelsTest {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ServerLog log = new ServerLog(output, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void theLongestNameCounts() {
        Levels levels = new Levels(
                System.Logger.Level.INFO,
                Map.of("org", System.Logger.Level.ERROR, "org.xnio", System.Logger.Level.DEBUG));

        assertThat(levels.of("org.xnio.nio")).isEqualTo(System.Logger.Level.DEBUG);
        assertThat(levels.of("org.xnioo")).isEqualTo(System.Logger.Level.ERROR);
        assertThat(levels.of("com")).isEqualTo(System.Logger.Level.INFO);
        assertThat(levels.of("")).isEqualTo(System.Logger.Level.INFO);
    }

    @Test
    void aChangeReachesLoggersThatExist() {
        System.Logger logger = new ServerLogger("shop", log);
        logger.log(System.Logger.Level.DEBUG, "first");
        log.configure(Layout.json(), new Levels(System.Logger.Level.DEBUG, Map.of()));
        logger.log(System.Logger.Level.DEBUG, "second");

        assertThat(output.toString(StandardCharsets.UTF_8))
                .doesNotContain("first")
                .contains("second");
    }

    @Test
    void parametersAreFilledInAsTheFacadeSays() {
        new ServerLogger("shop", log).log(System.Logger.Level.INFO, "{0} of {1}", "a", "b");

        assertThat(output.toString(StandardCharsets.UTF_8)).endsWith(" shop a of b\n");
    }

    @Test
    void theRequestIdOfTheThreadIsPartOfTheEntry() {
        log.requestIds(() -> "r-7");
        new ServerLogger("shop", log).log(System.Logger.Level.INFO, "sold");

        assertThat(output.toString(StandardCharsets.UTF_8)).contains("shop [r-7] sold");
    }
}
