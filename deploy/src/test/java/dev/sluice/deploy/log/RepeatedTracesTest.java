package dev.sluice.deploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RepeatedTracesTest {
    private final RepeatedTraces traces = new RepeatedTraces();
    private final Instant now = Instant.EPOCH;

    private static Throwable failure() {
        return new IllegalStateException("planted");
    }

    @Test
    void theSameOneIsWrittenSoManyTimesInAPeriod() {
        int shown = 0;
        for (int i = 0; i < 1000; i++) {
            shown += traces.mayShow(failure(), now.plusMillis(i)) ? 1 : 0;
        }
        assertThat(shown).isEqualTo(RepeatedTraces.MOST);
        assertThat(traces.mayShow(failure(), now.plus(RepeatedTraces.PERIOD))).isTrue();
    }

    @Test
    void anotherOneIsWrittenMeanwhile() {
        for (int i = 0; i < 1000; i++) {
            traces.mayShow(failure(), now);
        }
        assertThat(traces.mayShow(new IllegalStateException("from elsewhere"), now))
                .isTrue();
        assertThat(traces.mayShow(new IllegalArgumentException(failure()), now)).isTrue();
    }

    @Test
    void eachEntryKeepsItsLine() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ServerLog log = new ServerLog(out, Clock.fixed(now, ZoneOffset.UTC));
        for (int i = 0; i < 100; i++) {
            log.write(System.Logger.Level.ERROR, "shop", "request " + i + " failed", failure());
        }
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text.lines().filter(line -> line.contains("failed"))).hasSize(100);
        assertThat(text.lines().filter(line -> line.contains("RepeatedTracesTest.failure")))
                .hasSize(RepeatedTraces.MOST);
        assertThat(text).contains("request 99 failed: java.lang.IllegalStateException: planted (the same stack trace");
    }
}
