package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
    void whatApplicationsPrintIsJsonToo() throws Exception {
        Path war = Jars.war(
                directory.resolve("printing.war"),
                Map.of(
                        "print.jsp",
                        ("<% System.out.println(\"first\\n  \\\"second\\\"\"); System.err.print(\"third\\n\");"
                                        + " new Exception(\"fourth\").printStackTrace(); %>printed")
                                .getBytes(StandardCharsets.UTF_8)));
        try (SluiceProcess sluice = SluiceProcess.run(directory, "--set", "log.format=json", war)) {
            assertThat(sluice.get("/printing/print.jsp").body()).isEqualTo("printed");
            for (String text : new String[] {"first", "\\\\\"second", "third", "fourth"}) {
                sluice.awaitLine(text);
            }
            assertThat(sluice.lines()).allMatch(line -> line.startsWith("{\"time\":\"") && line.endsWith("\"}"));
        }
    }

    /** Scripts look for the port of the applications; the management listener is not to be taken for it. */
    @Test
    void onlyTheLineOfTheApplicationsSaysListening() throws Exception {
        try (SluiceProcess sluice = SluiceProcess.run(directory)) {
            assertThat(sluice.lines())
                    .filteredOn(line -> line.contains("listening on"))
                    .singleElement()
                    .asString()
                    .contains(":" + sluice.port() + " ");
            assertThat(sluice.managementPort()).isNotEqualTo(sluice.port());
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
