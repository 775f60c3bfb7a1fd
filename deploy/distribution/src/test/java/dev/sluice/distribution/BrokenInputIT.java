package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.distribution.application.FailingServlet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is broken fails with its reason; what is not runs beside it. */
class BrokenInputIT {
    private static final String EMPTY = "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.1'/>";

    @TempDir
    Path directory;

    @Test
    void brokenApplicationsFailBesideRunningOnes() throws Exception {
        Path noZip = Files.writeString(directory.resolve("nozip.war"), "this is no zip");
        Path badXml = Jars.war(directory.resolve("badxml.war"), "<web-app>\n  <servlet>\n</web-app>");
        Path noClass = Jars.war(
                directory.resolve("noclass.war"),
                "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.1'><listener>"
                        + "<listener-class>com.example.Missing</listener-class></listener></web-app>");
        Path failing = Jars.war(directory.resolve("failing.war"), EMPTY, FailingServlet.class);
        Path first = Jars.war(directory.resolve("one/same.war"), EMPTY);
        Path second = Jars.war(directory.resolve("two/same.war"), EMPTY);
        try (SluiceProcess sluice = SluiceProcess.run(
                directory,
                "--set",
                "applications.failing.strict=true",
                noZip,
                badXml,
                noClass,
                failing,
                first,
                second,
                SluiceProcess.HELLO_HANDLER)) {
            assertThat(sluice.get("/hello-handler/").statusCode()).isEqualTo(200);
            assertThat(sluice.get("/same/").statusCode()).isEqualTo(200);
            assertThat(sluice.get("/nozip/").statusCode()).isEqualTo(404);

            assertThat(failure(sluice, "nozip")).contains("nozip.war").containsIgnoringCase("zip");
            assertThat(failure(sluice, "badxml")).contains("web.xml, line 3, column ");
            assertThat(failure(sluice, "noclass")).contains("com.example.Missing");
            assertThat(failure(sluice, "failing")).contains("planted: no database");
            assertThat(failure(sluice, "same")).contains("context path /same is taken by same");
            assertThat(sluice.management("/health/ready").statusCode()).isEqualTo(503);

            sluice.term();
            assertThat(sluice.awaitExit())
                    .as("not everything that was named ran")
                    .isEqualTo(1);
        }
    }

    private static String failure(SluiceProcess sluice, String name) {
        return sluice.lines().stream()
                .filter(line -> line.contains(" " + name + " from ") && line.contains(" failed: "))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError("no failure of " + name + " in\n" + String.join("\n", sluice.lines())));
    }

    @Test
    void aPortInUseIsSaidAndEndsWithStatus1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ends(
                    1,
                    "cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use",
                    "--port",
                    taken.getLocalPort());
        }
    }

    @Test
    void anUnwritableWorkDirectoryIsSaidAndEndsWithStatus1() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        ends(1, "file/work cannot be written: ", "--set", "work-directory=" + file.resolve("work"));
    }

    @Test
    void aFileThatIsNotThereIsSaidAndEndsWithStatus2() throws Exception {
        ends(2, "none.war: no such file or directory", directory.resolve("none.war"));
    }

    @Test
    void anUnknownKeyIsSaidAndEndsWithStatus2() throws Exception {
        Path file = Files.writeString(directory.resolve("my.yaml"), "prot: 80\n");

        ends(2, "my.yaml:1: unknown key prot (did you mean port?)", "--config", file);
    }

    @Test
    void aTransportThatIsNotThereEndsWithStatus1() throws Exception {
        ends(1, "transport: carrier-pigeon (expected: one of auto, ", "--transport", "carrier-pigeon");
    }

    private void ends(int status, String message, Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(SluiceProcess.launcher()));
        command.addAll(SluiceProcess.runArguments(directory));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        try (SluiceProcess sluice = SluiceProcess.start(directory, command)) {
            assertThat(sluice.awaitExit())
                    .as(() -> String.join("\n", sluice.lines()))
                    .isEqualTo(status);
            assertThat(sluice.lines()).anyMatch(line -> line.contains(message));
        }
    }
}
