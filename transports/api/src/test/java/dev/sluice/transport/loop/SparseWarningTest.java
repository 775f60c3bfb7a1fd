package dev.sluice.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SparseWarningTest {
    private final AtomicLong now = new AtomicLong();
    private final List<String> lines = new ArrayList<>();
    private final SparseWarning warning = new SparseWarning(now::get, lines::add);

    @Test
    void isToldAtOnceAndThenSummedUp() {
        for (int i = 0; i < 4_000; i++) {
            warning.tell("accepting failed");
            now.addAndGet(SparseWarning.PAUSE_NANOS / 4_000);
        }
        assertThat(lines).containsExactly("accepting failed");

        now.addAndGet(SparseWarning.PAUSE_NANOS);
        warning.tell("accepting failed");

        assertThat(lines)
                .containsExactly("accepting failed", "accepting failed; 3999 times more since the last such line");
    }
}
