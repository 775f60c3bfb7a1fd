package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A short {@link Soak}, or as long a one as {@code deploy/soak.sh} says: afterwards everything is where it was. */
class SoakIT {
    private static final long SECONDS = Long.getLong("sluice.soak.seconds", 24);
    private static final List<String> ZERO =
            List.of("requestsInFlight", "permitsTaken", "requestsWaiting", "buffersInUse");
    private static final List<String> NAMES = List.of(
            "requestsInFlight",
            "permitsTaken",
            "requestsWaiting",
            "buffersInUse",
            "connectionsOpen",
            "descriptorsOpen",
            "threads",
            "loops");

    /** The connection that asks, and threads of the JVM that come and go by themselves. */
    private static final Map<String, Long> SLACK = Map.of("connectionsOpen", 1L, "descriptorsOpen", 2L, "threads", 2L);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void everythingIsWhereItWas(String transport) throws Exception {
        Uring.assume(transport);
        String only = System.getProperty("sluice.soak.transport", transport);
        assumeTrue(only.equals(transport), "only " + only);
        List<Object> arguments = new ArrayList<>(
                List.of("--set", "transport=" + transport, "--set", "loops=2", "--set", "timeouts.loop-silent=10s"));
        arguments.addAll(Soak.applications(directory));
        try (SluiceProcess sluice = SluiceProcess.run(directory, List.of("-Xmx128m"), arguments.toArray())) {
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> sluice.get("/shop/").statusCode() == 200);
            run(sluice, Duration.ofSeconds(8), Duration.ofSeconds(4), Duration.ofSeconds(5));
            Map<String, Long> before = figures(sluice);
            Duration redeploy = Duration.ofSeconds(Math.min(30, Math.max(6, SECONDS / 4)));
            String summary = run(sluice, Duration.ofSeconds(SECONDS), redeploy, redeploy.multipliedBy(2));
            Map<String, Long> after = back(sluice, before);
            print(transport, before, after, summary);
            assertThat(faults(before, after)).isEmpty();
            assertThat(sluice.management("/health/live").statusCode()).isEqualTo(200);
            assertThat(sluice.management("/metrics").body().contains("sluice_loader_leaked 0.0"))
                    .as(sluice.management("/api/v1/loaders").body())
                    .isTrue();
            sluice.term();
            assertThat(sluice.awaitExit()).isZero();
        }
    }

    private String run(SluiceProcess sluice, Duration time, Duration redeploy, Duration fill) throws Exception {
        try (Soak soak = new Soak(sluice, directory)) {
            List<String> faults = soak.run(time, redeploy, fill);
            System.out.println("soak: " + soak.summary());
            faults.stream().limit(20).forEach(fault -> System.out.println("FAULT " + fault));
            assertThat(faults).isEmpty();
            return soak.summary();
        }
    }

    private static Map<String, Long> figures(SluiceProcess sluice) throws Exception {
        Map<String, Long> figures = new LinkedHashMap<>();
        for (String name : NAMES) {
            figures.put(name, name.equals("threads") ? sluice.threads() : sluice.figure(name));
        }
        return figures;
    }

    /** What comes back only after its idle time may take its time. */
    private static Map<String, Long> back(SluiceProcess sluice, Map<String, Long> before) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        Map<String, Long> now = figures(sluice);
        while (!faults(before, now).isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            now = figures(sluice);
        }
        return now;
    }

    private static List<String> faults(Map<String, Long> before, Map<String, Long> after) {
        List<String> faults = new ArrayList<>();
        after.forEach((name, value) -> {
            long most = ZERO.contains(name) ? 0 : before.getOrDefault(name, 0L) + SLACK.getOrDefault(name, 0L);
            if (value > most) {
                faults.add(name + ": " + value + " (expected: at most " + most + ")");
            }
        });
        return faults;
    }

    private static void print(String transport, Map<String, Long> before, Map<String, Long> after, String summary) {
        System.out.printf("soak of %d s on %s: %s%n", SECONDS, transport, summary);
        System.out.printf("%-18s %8s %8s%n", "", "before", "after");
        after.forEach((name, value) -> System.out.printf("%-18s %8d %8d%n", name, before.get(name), value));
    }
}
