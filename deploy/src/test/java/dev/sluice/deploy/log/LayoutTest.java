package dev.sluice.deploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
    private static final LogEvent EVENT = new LogEvent(
            Instant.parse("2026-01-01T12:00:00.123456Z"),
            System.Logger.Level.INFO,
            "shop.Cart",
            "main",
            "r-1",
            "sold \"x\"\n2026 ERROR forged\u001b[31m",
            null);

    @Test
    void textHasOneEntryPerUnindentedLine() {
        assertThat(Layout.text(ZoneOffset.UTC, false).format(EVENT))
                .isEqualTo(
                        "2026-01-01 12:00:00.123 INFO    shop.Cart [r-1] sold \"x\"\n\t2026 ERROR forged\\u001b[31m\n");
    }

    @ParameterizedTest
    @ValueSource(chars = {0x1b, 0x7f, 0x85, 0x9b, 0x061c, 0x200e, 0x200f, 0x2028, 0x202a, 0x202e, 0x2066, 0x2069})
    void textEscapesWhatMovesOrTurnsALine(char c) {
        LogEvent event = new LogEvent(EVENT.time(), EVENT.level(), "x", "main", null, "a" + c + "b\u00fc", null);
        assertThat(Layout.text(ZoneOffset.UTC, false).format(event))
                .endsWith(String.format("a\\u%04xb\u00fc\n", (int) c));
    }

    @Test
    void theRequestIsNamedOnce() {
        LogEvent event = new LogEvent(EVENT.time(), EVENT.level(), "a", "t", "r-1", "[r-1] GET / in shop failed", null);
        assertThat(Layout.text(ZoneOffset.UTC, false).format(event)).endsWith(" a [r-1] GET / in shop failed\n");
    }

    @Test
    void textIsColouredOnDemand() {
        assertThat(Layout.text(ZoneOffset.UTC, true).format(EVENT)).contains("\u001b[32mINFO   \u001b[0m");
    }

    @Test
    void jsonIsOneObjectPerLine() {
        assertThat(Layout.json().format(EVENT))
                .isEqualTo("{\"time\":\"2026-01-01T12:00:00.123Z\",\"level\":\"INFO\",\"logger\":\"shop.Cart\","
                        + "\"thread\":\"main\",\"requestId\":\"r-1\","
                        + "\"message\":\"sold \\\"x\\\"\\n2026 ERROR forged\\u001b[31m\"}\n");
    }

    @Test
    void exceptionsComeWithTheirStackTrace() {
        LogEvent event = new LogEvent(
                EVENT.time(), System.Logger.Level.ERROR, "a", "main", null, "m", new IllegalStateException("planted"));

        assertThat(Layout.text(ZoneOffset.UTC, false).format(event))
                .contains("m\n\tjava.lang.IllegalStateException: planted\n\tat ");
        assertThat(Layout.json().format(event))
                .contains("\"exception\":\"java.lang.IllegalStateException\"")
                .endsWith("}\n")
                .containsOnlyOnce("\n");
    }
}
