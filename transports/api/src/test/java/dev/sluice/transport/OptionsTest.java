package dev.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** Options are checked where they are made. */
class OptionsTest {
    @Test
    void defaultsAreThoseOfTheDesign() {
        TransportOptions options = TransportOptions.defaults();
        assertThat(options.bufferSize()).isEqualTo(16 * 1024);
        assertThat(options.loops()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(options.placement()).isEqualTo(Placement.LEAST_CONNECTIONS);
        assertThat(options.tcpNoDelay()).isTrue();
    }

    @Test
    void valuesOutOfRangeAreNamed() {
        assertThatThrownBy(() -> TransportOptions.builder().loops(0).build())
                .hasMessage("loops: 0 (expected: 1 to 1024)");
        assertThatThrownBy(() -> TransportOptions.builder().bufferSize(1).build())
                .hasMessageContaining("bufferSize: 1 (expected: 512");
        assertThatThrownBy(() -> ListenerOptions.at(new InetSocketAddress(0)).withBacklog(0))
                .hasMessage("backlog: 0 (expected: 1 to 65535)");
        assertThatThrownBy(() -> ListenerOptions.at(InetSocketAddress.createUnresolved("nowhere.invalid", 1)))
                .hasMessageContaining("a host name that resolves");
        assertThatThrownBy(() -> Availability.no(" ")).hasMessageContaining("cause: blank");
    }
}
