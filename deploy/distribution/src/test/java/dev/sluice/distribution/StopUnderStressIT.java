package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.distribution.application.LastingServlet;
import dev.sluice.distribution.application.StuckApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TERM ends the process whatever hangs in it, and what ends with it is no error; on both transports. */
class StopUnderStressIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void aRequestAndAnEndThatHang(String transport) throws Exception {
        Uring.assume(transport);
        Path jar = Jars.handler(
                directory.resolve("stuck.jar"),
                StuckApplication.class,
                StuckApplication.class,
                StuckApplication.AtStart.class);
        try (SluiceProcess sluice = SluiceProcess.run(
                        directory,
                        "--set",
                        "transport=" + transport,
                        "--set",
                        "timeouts.drain=1s",
                        "--set",
                        "timeouts.stop=1s",
                        jar);
                Connections connections = new Connections(sluice)) {
            connections.open().get("/stuck/");
            sluice.awaitLine("^a request hangs$");
            sluice.term();
            sluice.awaitExit();
            assertThat(sluice.lines())
                    .contains("the end hangs")
                    .anyMatch(line -> line.contains("code of it has not returned"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void aStartThatHangs(String transport) throws Exception {
        Uring.assume(transport);
        Path jar = Jars.handler(
                directory.resolve("stuck.jar"),
                StuckApplication.AtStart.class,
                StuckApplication.class,
                StuckApplication.AtStart.class);
        List<String> command = new ArrayList<>(List.of(SluiceProcess.launcher()));
        command.addAll(SluiceProcess.runArguments(directory));
        command.addAll(List.of("--set", "transport=" + transport, "--set", "timeouts.stop=1s", jar.toString()));
        try (SluiceProcess sluice = SluiceProcess.start(directory, command)) {
            sluice.awaitLine("^the start hangs$");
            sluice.term();
            sluice.awaitExit();
            assertThat(sluice.lines()).anyMatch(line -> line.contains("TERM: stopping"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void anUpgradedConnection(String transport) throws Exception {
        Uring.assume(transport);
        Path war = Jars.war(
                directory.resolve("lasting.war"),
                "<web-app version=\"6.1\"><servlet><servlet-name>lasting</servlet-name><servlet-class>"
                        + LastingServlet.class.getName() + "</servlet-class></servlet><servlet-mapping>"
                        + "<servlet-name>lasting</servlet-name><url-pattern>/up</url-pattern></servlet-mapping></web-app>",
                LastingServlet.class,
                LastingServlet.Quiet.class,
                LastingServlet.Told.class);
        try (SluiceProcess sluice = SluiceProcess.run(
                        directory, "--set", "transport=" + transport, "--set", "timeouts.drain=1s", war);
                Connections connections = new Connections(sluice)) {
            connections
                    .open()
                    .send("GET /lasting/up HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: quiet\r\n\r\n");
            sluice.awaitLine("^upgraded$");
            sluice.term();
            assertThat(sluice.awaitExit()).isZero();
            assertThat(sluice.lines())
                    .containsSubsequence("handler destroyed", "servlet destroyed")
                    .noneMatch(line -> line.contains(" ERROR "));
        }
    }
}
