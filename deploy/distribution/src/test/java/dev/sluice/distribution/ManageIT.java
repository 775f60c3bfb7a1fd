package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/sluice} deploys, stops, starts, reloads and undeploys applications of a running instance. */
class ManageIT {
    @TempDir
    private Path directory;

    private List<String> sluice(SluiceProcess server, int status, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(SluiceProcess.launcher()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "--admin-port", "" + server.managementPort(), "--set", "work-directory=" + directory.resolve("work")));
        try (SluiceProcess process = SluiceProcess.start(directory, command)) {
            assertThat(process.awaitExit())
                    .as("%s: %s", command, process.lines())
                    .isEqualTo(status);
            return process.lines();
        }
    }

    @Test
    void anApplicationIsManagedFromTheCommandLine() throws Exception {
        try (SluiceProcess server = SluiceProcess.run(directory)) {
            String war = SluiceProcess.HELLO_WAR.toString();
            assertThat(sluice(server, 0, "deploy", war, "--name", "greeting"))
                    .singleElement()
                    .asString()
                    .matches("deploy of greeting: done, sha256 [0-9a-f]{64}");
            assertThat(server.get("/greeting/").statusCode()).isEqualTo(200);
            assertThat(String.join("\n", sluice(server, 0, "list"))).containsPattern("greeting +/greeting .*running");

            assertThat(sluice(server, 0, "stop", "greeting")).containsExactly("stop of greeting: done");
            assertThat(server.get("/greeting/").statusCode()).isEqualTo(404);
            assertThat(sluice(server, 0, "start", "greeting")).containsExactly("start of greeting: done");
            assertThat(sluice(server, 0, "reload", "greeting")).containsExactly("redeploy of greeting: done");
            assertThat(server.get("/greeting/").statusCode()).isEqualTo(200);
            assertThat(String.join("\n", sluice(server, 1, "back", "greeting")))
                    .contains("has no archive before this one");

            Files.writeString(directory.resolve("broken.war"), "no zip");
            assertThat(String.join(
                            "\n",
                            sluice(
                                    server,
                                    1,
                                    "deploy",
                                    directory.resolve("broken.war").toString())))
                    .contains("deploy of broken failed");
            assertThat(sluice(server, 0, "undeploy", "greeting")).containsExactly("undeploy of greeting: done");
            assertThat(server.get("/greeting/").statusCode()).isEqualTo(404);
            assertThat(server.management("/api/v1/journal").body())
                    .contains("\"what\":\"undeploy\",\"target\":\"greeting\",\"outcome\":\"done\"");
        }
    }
}
