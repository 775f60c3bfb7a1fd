package dev.sluice.tck.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Churn} finds a loop that stands still: one that waits for a monitor which nobody gives back. */
class HungLoopTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void isFoundByChurn(String transport) throws Exception {
        AttackServer.export("hold", HoldingApplication.class, Files.createDirectories(directory.resolve("apps")));
        try (AttackServer server = AttackServer.start(
                        directory,
                        transport,
                        "loops=2",
                        "applications.hold.lane=inline",
                        "timeouts.drain=1s",
                        "timeouts.stop=2s");
                Socket holding = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            assertThat(churn(transport, server)).as(server::state).isEmpty();
            holding.getOutputStream()
                    .write("GET /hold/ HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(churn(transport, server)).isNotEmpty();
        }
    }

    private static List<String> churn(String transport, AttackServer server) throws Exception {
        return Churn.run(transport, server, Duration.ofSeconds(1), 7, Duration.ofSeconds(5));
    }
}
