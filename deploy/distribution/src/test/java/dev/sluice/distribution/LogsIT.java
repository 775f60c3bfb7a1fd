package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsIT {
    @TempDir
    Path directory;

    @Test
    void everyLineIsJsonOnDemandEvenOfLibraries() throws Exception {
        try (SluiceProcess sluice = SluiceProcess.run(directory, "--set", "log.format=json")) {
            assertThat(sluice.lines()).allMatch(line -> line.startsWith("{\"time\":\"") && line.endsWith("\"}"));
            assertThat(sluice.lines()).anyMatch(line -> line.contains("\"logger\":\"org.xnio\""));
        }
    }

    @Test
    void theAccessLogHasEveryRequestWhenTheServerHasStopped() throws Exception {
        Path file = directory.resolve("logs/access.log");
        try (SluiceProcess sluice = SluiceProcess.run(
                directory,
                "--set",
                "access-log.format=combined",
                "--set",
                "access-log.file=" + file,
                SluiceProcess.HELLO_HANDLER)) {
            for (int i = 0; i < 20; i++) {
                sluice.get("/hello-handler/?i=" + i);
            }
            sluice.term();
            assertThat(sluice.awaitExit()).isZero();
        }
        assertThat(Files.readAllLines(file))
                .hasSize(20)
                .allMatch(
                        line -> line.matches(
                                "127\\.0\\.0\\.1 - - \\[.*] \"GET /hello-handler/\\?i=\\d+ HTTP/1\\.1\" 200 \\d+ \"-\" \"Java-http-client/.*\""));
    }
}
