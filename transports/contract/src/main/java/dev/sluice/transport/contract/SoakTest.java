package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.TransportProvider;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A few seconds of {@link Soak}; the command runs it as long as one likes. */
@ExtendWith(TransportFixture.class)
public class SoakTest {
    @Test
    void nothingIsLeftAfterAMixOfEverything(TransportProvider provider) throws Exception {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("soak with seed " + seed);
        assertThat(Soak.run(provider.name(), Duration.ofSeconds(4), seed)).isEmpty();
    }
}
