package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request can be found in thread dumps, in statistics and in the log by its id, and its thread is its own, on every lane. */
class RequestThreadIT {
    private static final int JDK_FOR_LOOPS = 24;

    @TempDir
    Path directory;

    private SluiceProcess run(String lane) throws Exception {
        return SluiceProcess.run(
                directory, "--set", "lane=" + lane, "--set", "loops=1", Jars.load(directory.resolve("load.jar")));
    }

    private static String get(String path, String id) {
        return "GET /load" + path + " HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: " + id + "\r\n\r\n";
    }

    @ParameterizedTest
    @CsvSource({"auto, /thread", "pool, /thread", "auto, /inline"})
    void hasTheLoaderNothingOfTheRequestBeforeAndItsIdInTheLog(String lane, String path) throws Exception {
        try (SluiceProcess sluice = run(lane);
                Connections connections = new Connections(sluice)) {
            for (int i = 0; i < 5; i++) {
                assertThat(sluice.get("/load" + path).body()).endsWith(" loader=true left=null");
            }
            assertThat(connections.open().send(get(path, "find-me")).response()).contains("X-Request-Id: find-me");
            sluice.awaitLine("load \\[find-me] said in load");
        }
    }

    @ParameterizedTest
    @CsvSource({"loop, sluice-loop-0", "pool, sluice-pool"})
    void isInThreadDumpsAndInTheStatistics(String lane, String thread) throws Exception {
        assumeTrue(Runtime.version().feature() >= JDK_FOR_LOOPS, "needs lane loop");
        try (SluiceProcess sluice = run(lane);
                Connections connections = new Connections(sluice)) {
            connections.open().send(get("/block", "blocked"));
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> sluice.management("/api/v1/requests").body().contains("\"state\":\"running\""));
            assertThat(sluice.management("/api/v1/requests").body())
                    .contains(
                            "\"id\":\"blocked\"",
                            "\"application\":\"load\"",
                            "\"path\":\"/load/block\"",
                            "\"lane\":\"" + lane + "\"");
            await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(dump(sluice))
                    .contains(thread + "/req-blocked")
                    .contains("LoadApplication"));

            connections.open().send(get("/hold", "spinning"));
            await().atMost(30, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(sluice.tool("jstack")).contains("LoadApplication.hold"));
        }
    }

    private String dump(SluiceProcess sluice) throws Exception {
        Path file = directory.resolve("dump-" + System.nanoTime());
        sluice.tool("jcmd", "Thread.dump_to_file", file.toString());
        return Files.readString(file);
    }

    @Test
    void theCommandLinePrintsRequests() throws Exception {
        try (SluiceProcess sluice = run("auto");
                Connections connections = new Connections(sluice)) {
            connections.open().send(get("/block", "blocked"));
            await().atMost(30, TimeUnit.SECONDS).until(() -> sluice.figure("requestsInFlight") == 1);
            SluiceProcess stats = SluiceProcess.start(
                    directory,
                    java.util.List.of(
                            SluiceProcess.launcher(),
                            "stats",
                            "--requests",
                            "--admin-port",
                            "" + sluice.managementPort(),
                            "--set",
                            "work-directory=" + directory.resolve("work")));
            assertThat(stats.awaitExit()).isZero();
            assertThat(stats.lines()).hasSize(2);
            assertThat(stats.lines().get(1)).matches("blocked +load +GET +/load/block +\\d+ +running +\\w+");
        }
    }
}
