package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises: the WAR and the handler jar answer, with the launcher and with java -jar. */
class ReadmeCommandsIT {
    @TempDir
    Path directory;

    @Test
    void theLauncherServesBothSamples() throws Exception {
        try (SluiceProcess sluice =
                SluiceProcess.run(directory, SluiceProcess.HELLO_WAR, SluiceProcess.HELLO_HANDLER)) {
            answers(sluice);
            assertThat(sluice.management("/health/ready").statusCode()).isEqualTo(200);
            assertThat(sluice.management("/metrics").body())
                    .contains("http_server_request_duration_seconds_count{app=\"/hello\"");

            sluice.term();
            assertThat(sluice.awaitExit()).isZero();
        }
    }

    @Test
    void javaMinusJarServesThemToo() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-jar",
                SluiceProcess.INSTALLATION.resolve("sluice.jar").toString()));
        command.addAll(SluiceProcess.runArguments(directory));
        command.addAll(List.of(SluiceProcess.HELLO_WAR.toString(), SluiceProcess.HELLO_HANDLER.toString()));
        try (SluiceProcess sluice = SluiceProcess.start(directory, command).awaitLine(SluiceProcess.STARTED)) {
            answers(sluice);
            sluice.term();
            assertThat(sluice.awaitExit()).isZero();
        }
    }

    @Test
    void contextPathsCanBeChosen() throws Exception {
        try (SluiceProcess sluice =
                SluiceProcess.run(directory, SluiceProcess.HELLO_WAR + "=/", SluiceProcess.HELLO_HANDLER + "=/a/b")) {
            assertThat(sluice.get("/").body()).contains("Hello from a WAR");
            assertThat(sluice.get("/a/b/").body()).contains("Hello from a handler");
        }
    }

    @Test
    void theArchiveIsThereToo() {
        assertThat(Path.of("../target")).isDirectoryContaining("glob:**/sluice-*.tar.gz");
        assertThat(Files.isExecutable(SluiceProcess.INSTALLATION.resolve("bin/sluice")))
                .isTrue();
    }

    private static void answers(SluiceProcess sluice) throws Exception {
        assertThat(sluice.get("/hello/").body()).contains("Hello from a WAR");
        assertThat(sluice.get("/hello-handler/").body()).contains("Hello from a handler");
        assertThat(sluice.get("/none").statusCode()).isEqualTo(404);
    }
}
