package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LongSummaryStatistics;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Equal connections load the loops equally: no loop gets more than a tenth more requests than another. */
class PlacementIT {
    private static final int CONNECTIONS = 64;
    private static final int ROUNDS = 20;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void spreadsRequests(String transport) throws Exception {
        Uring.assume(transport);
        try (SluiceProcess sluice = SluiceProcess.run(
                        directory,
                        "--set",
                        "transport=" + transport,
                        "--set",
                        "loops=4",
                        Jars.load(directory.resolve("load.jar")));
                Connections connections = new Connections(sluice)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.open();
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (Connections.Connection connection : connections.all()) {
                    connection.get("/load/hello");
                }
                for (Connections.Connection connection : connections.all()) {
                    assertThat(connection.response()).startsWith("HTTP/1.1 200");
                }
            }

            LongSummaryStatistics requests = Pattern.compile("\"requests\":(\\d+)")
                    .matcher(sluice.management("/api/v1/loops").body())
                    .results()
                    .mapToLong(result -> Long.parseLong(result.group(1)))
                    .summaryStatistics();
            assertThat(requests.getCount()).isEqualTo(4);
            assertThat(requests.getSum()).isEqualTo(CONNECTIONS * ROUNDS);
            assertThat(requests.getMax() / (double) requests.getMin()).isLessThanOrEqualTo(1.10);
        }
    }
}
