package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.deploy.access.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first start of an installation makes, and what a start refuses. */
class FirstStartTest {
    @TempDir
    private Path home;

    private static final class Lines extends Handler {
        private final List<String> lines = new ArrayList<>();

        @Override
        public synchronized void publish(LogRecord record) {
            lines.add(record.getMessage());
        }

        synchronized String text() {
            return String.join("\n", lines);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private String startAndStop() throws Exception {
        Lines lines = new Lines();
        Logger logger = Logger.getLogger("dev.sluice.deploy.server.ManagementListener");
        logger.addHandler(lines);
        try (RealServer server = RealServer.started(home)) {
            assertThat(server.bare("/api/v1/apps").build().uri().getPort()).isPositive();
            Path own = Access.ownToken(
                    server.management(), server.server().managementAddress().getPort());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                    .isEqualTo("rw-------");
            assertThat(server.get("/api/v1/me").body()).contains("\"name\":\"owner\"");
            assertThat(server.send(server.bare("/api/v1/me")).statusCode()).isEqualTo(401);
        } finally {
            logger.removeHandler(lines);
        }
        return lines.text();
    }

    @Test
    void theFirstTokenIsShownOnceWithTheAddressAndStoredHashed() throws Exception {
        String first = startAndStop();
        assertThat(first).containsPattern("first token for http://127\\.0\\.0\\.1:\\d+, .* is sluice_[0-9a-f]{8}_");
        String token = first.replaceAll("(?s).*(sluice_[0-9a-f]{8}_[A-Za-z0-9_-]{43}).*", "$1");
        Path tokens = home.resolve("work/management/tokens");
        assertThat(Files.readString(tokens)).contains(":administrator:operator").doesNotContain(token.substring(16));
        assertThat(startAndStop()).doesNotContain("sluice_");
        try (RealServer server = RealServer.started(home)) {
            assertThat(server.send(server.bare("/api/v1/me").header("Authorization", "Bearer " + token))
                            .body())
                    .contains("\"name\":\"token administrator\",\"roles\":[\"operator\"]");
        }
        assertThat(Files.list(home.resolve("work/management"))
                        .map(file -> file.getFileName().toString()))
                .as("the owner's token ends with the process")
                .noneMatch(name -> name.startsWith("token-of-port"));
    }

    @Test
    void anotherAddressThanThisMachineNeedsCertificates() throws Exception {
        RealServer server = RealServer.of(home, List.of(), "management.host", "0.0.0.0");
        assertThatThrownBy(server::start)
                .hasMessageContaining("management.host: 0.0.0.0")
                .hasMessageContaining("tls.certificates and tls.key, or tls.keystore");
    }
}
