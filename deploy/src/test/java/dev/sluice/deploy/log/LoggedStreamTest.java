package dev.sluice.deploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class LoggedStreamTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ServerLog log = new ServerLog(out, Clock.systemUTC());
    private final PrintStream printed = LoggedStream.print(new LoggedStream(log, "stdout", System.Logger.Level.INFO));

    @Test
    void eachPrintedLineIsAnEntry() {
        log.configure(Layout.json(), Levels.DEFAULT);

        printed.println("grüße \"from\" the application");
        printed.print("one ");
        printed.print("line\r\nanother\n\n");

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(3)
                .allSatisfy(
                        line -> assertThat(line).startsWith("{").endsWith("}").contains("\"logger\":\"stdout\""))
                .anySatisfy(line -> assertThat(line).contains("grüße \\\"from\\\" the application"))
                .anySatisfy(line -> assertThat(line).contains("\"message\":\"one line\""));
    }

    @Test
    void aLineWithoutEndIsWrittenAllTheSame() {
        printed.print("x".repeat(100_000));

        assertThat(out.toString(StandardCharsets.UTF_8).lines().count()).isEqualTo(6);
    }
}
