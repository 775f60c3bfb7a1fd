package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.distribution.application.ExitApplication;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that ends the process drains it, and with {@code exit: refuse} cannot end it. */
class ExitIT {
    @TempDir
    Path directory;

    private Path jar() throws IOException {
        return Jars.handler(directory.resolve("quitter.jar"), ExitApplication.class, ExitApplication.class);
    }

    @Test
    void drainsIntoTheLog() throws Exception {
        try (SluiceProcess sluice = SluiceProcess.run(directory, jar())) {
            assertThat(sluice.get("/quitter/leave").statusCode()).isEqualTo(200);
            assertThat(sluice.awaitExit()).isEqualTo(5);
            await().untilAsserted(() -> assertThat(String.join("\n", sluice.lines()))
                    .containsSubsequence(
                            "the process ends because System.exit was called by thread leaving",
                            "draining",
                            "the quitter has come to its end",
                            "ProcessEnd stopped"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit=refuse", "applications.quitter.exit=refuse"})
    void isRefused(String setting) throws Exception {
        try (SluiceProcess sluice = SluiceProcess.run(directory, "--set", setting, jar())) {
            for (String path : new String[] {"/quitter/exit", "/quitter/halt"}) {
                assertThat(sluice.get(path).statusCode()).isEqualTo(500);
            }
            assertThat(sluice.get("/quitter/").body()).isEqualTo("alive");
            await().untilAsserted(() -> assertThat(sluice.lines())
                    .anyMatch(line -> line.contains("the application quitter may not end the process with status 5"))
                    .anyMatch(line -> line.contains("with status 6")));
        }
    }
}
