package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that has no descriptor left says so in a few lines, and serves as soon as some are free. */
class NoDescriptorsIT {
    private static final int LIMIT = 400;
    private static final String LINE = "is the limit of open files reached";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void areAFewLines(String transport) throws Exception {
        Uring.assume(transport);
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", "ulimit -n " + LIMIT + " && exec \"$@\"", "sh", SluiceProcess.launcher()));
        command.addAll(SluiceProcess.runArguments(directory));
        command.addAll(List.of("--set", "transport=" + transport, "--set", "timeouts.head=60s"));
        command.add(Jars.slow(directory.resolve("slow.jar"), "").toString());
        try (SluiceProcess sluice = SluiceProcess.start(directory, command).awaitLine(SluiceProcess.STARTED)) {
            assertThat(sluice.get("/slow/").statusCode()).isEqualTo(200);
            try (Connections connections = new Connections(sluice)) {
                for (int i = 0; i < LIMIT; i++) {
                    connections.open();
                }
                sluice.awaitLine(LINE);
            }
            assertThat(sluice.get("/slow/").statusCode()).isEqualTo(200);
            assertThat(sluice.lines().stream().filter(line -> line.contains(LINE)))
                    .hasSizeLessThan(5);
            assertThat(sluice.lines()).hasSizeLessThan(100).noneMatch(line -> line.contains(" ERROR "));
        }
    }
}
