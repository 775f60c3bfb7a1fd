package dev.sluice.engine.http.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that must be refused are, and those that are fine are read, wherever their bytes are split. */
class ParserCorpusTest {
    private static final Limits LIMITS = new Limits(4096, 100, 1024);
    private static final String NEXT = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    private static Reading everywhere(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Reading whole = FastReading.read(bytes, LIMITS, true, from -> bytes.length);
        for (int split = 1; split < bytes.length; split++) {
            int first = split;
            assertThat(FastReading.read(bytes, LIMITS, split % 2 == 0, from -> from == 0 ? first : bytes.length))
                    .as("split at " + split + ": " + text)
                    .isEqualTo(whole);
        }
        assertThat(FastReading.read(bytes, LIMITS, false, from -> 1)).as(text).isEqualTo(whole);
        return whole;
    }

    @Test
    void refusesWhatCanBeReadInTwoWays() {
        for (String text : Corpus.refused()) {
            Reading reading = everywhere(text + NEXT);
            assertThat(reading.requests()).as(text).isEmpty();
            assertThat(reading.status())
                    .as(text)
                    .isEqualTo(SlowReading.read(text + NEXT, LIMITS).status())
                    .isIn(400, 417, 501, 505);
        }
    }

    @Test
    void readsWhatIsFine() {
        for (String text : Corpus.fine()) {
            Reading reading = everywhere(text + NEXT);
            assertThat(reading.status()).as(text).isZero();
            assertThat(reading.requests())
                    .as(text)
                    .isEqualTo(SlowReading.read(text + NEXT, LIMITS).requests())
                    .hasSizeGreaterThan(1)
                    .endsWith("GET /smuggled HTTP/1.1\nHost:a\n\n\n\n");
        }
    }

    @Test
    void refusesWhatIsTooLarge() {
        Limits limits = new Limits(64, 2, 16);
        for (String text : List.of(
                "431 GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(64),
                "431 GET / HTTP/1.1\r\nHost: a\r\nA: b\r\nC: d\r\n\r\n",
                "414 GET /" + "x".repeat(16) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "400 " + "G".repeat(33) + " / HTTP/1.1\r\nHost: a\r\n\r\n")) {
            byte[] bytes = text.substring(4).getBytes(StandardCharsets.ISO_8859_1);
            for (int size : new int[] {1, 7, 1000}) {
                assertThat(FastReading.read(bytes, limits, false, from -> size).status())
                        .as(text)
                        .isEqualTo(Integer.parseInt(text.substring(0, 3)));
            }
        }
    }

    @Test
    void refusesANameThatComesTooOften() {
        Limits limits = new Limits(65_536, 1_000, 1024);
        for (int count : new int[] {127, 128}) {
            String text = "GET / HTTP/1.1\r\nHost: a\r\n"
                    + "x-y: z\r\nX-Y: z\r\n".repeat(64).substring(0, 8 * count) + "\r\n";
            Reading reading =
                    FastReading.read(text.getBytes(StandardCharsets.ISO_8859_1), limits, false, from -> 100_000);
            assertThat(reading.status()).as(count + " times").isEqualTo(count == 127 ? 0 : 431);
        }
    }
}
