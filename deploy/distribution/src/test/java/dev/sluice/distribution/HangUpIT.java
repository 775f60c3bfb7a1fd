package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HUP, as log rotation sends it, opens the log's file again, and ends nothing. */
class HangUpIT {
    @TempDir
    Path directory;

    @Test
    void opensTheAccessLogAgainWhileTheServerGoesOn() throws Exception {
        Path file = directory.resolve("access.log");
        Path moved = directory.resolve("access.log.1");
        try (SluiceProcess sluice = SluiceProcess.run(
                directory,
                "--set",
                "access-log.format=common",
                "--set",
                "access-log.file=" + file,
                SluiceProcess.HELLO_HANDLER)) {
            assertThat(sluice.get("/hello-handler/?before").statusCode()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(file).contains("?before"));
            Files.move(file, moved);

            sluice.signal("HUP");
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(sluice.get("/hello-handler/?after").statusCode()).isEqualTo(200);
                assertThat(file).content().contains("?after");
            });

            sluice.signal("HUP");
            sluice.signal("HUP");
            assertThat(sluice.get("/hello-handler/?more").statusCode()).isEqualTo(200);
            assertThat(sluice.alive()).isTrue();
            assertThat(moved).content().contains("?before").doesNotContain("?more");
            sluice.term();
            assertThat(sluice.awaitExit()).isZero();
        }
    }
}
