package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.TransportProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A connection that waits for its next request costs little, whatever it has carried. */
@ExtendWith(TransportFixture.class)
public class IdleMemoryTest {
    private static final long MOST = 4 * 1024;

    @Test
    @Tag("exact")
    void anIdleConnectionTakesAtMostFourKibibytes(TransportProvider provider) throws Exception {
        IdleMemory.Memory each = IdleMemory.measure(provider.name(), 4_000);
        assertThat(each.heap() + each.direct()).as("%s", each).isPositive().isLessThanOrEqualTo(MOST);
    }
}
