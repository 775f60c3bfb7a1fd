package dev.sluice.tck.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * An attack from outside on the installation on one transport; {@code tck-tests/attack.sh} runs the whole of it. The seed of what is random is
 * printed, and taken from the property {@code sluice.seed}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Attack {
    private static final boolean WHOLE = Boolean.getBoolean("sluice.attack.whole");
    private static final int AT_ONCE = 32; // Most of them wait for time limits.

    private final String transport;
    private AttackServer server;
    private Path keys;

    Attack(String transport) {
        this.transport = transport;
    }

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        keys = directory.resolve(AttackServer.KEYS);
        server = AttackServer.start(
                directory,
                transport,
                "timeouts.head=4s",
                "timeouts.idle=5s",
                "timeouts.body=3s",
                "timeouts.write=5s",
                "limits.body=10MiB");
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) { // Otherwise the transport is not available here.
            server.close();
        }
    }

    /** Runs the cases, some at once, and prints a line for each group. */
    private void attack(Map<String, List<Map.Entry<String, Callable<String>>>> groups, int atOnce) throws Exception {
        Map<String, String> faults = new LinkedHashMap<>();
        ExecutorService attackers = Executors.newFixedThreadPool(atOnce);
        try {
            for (var group : groups.entrySet()) {
                List<Future<String>> running = group.getValue().stream()
                        .map(each -> attackers.submit(each.getValue()))
                        .toList();
                int before = faults.size();
                for (int i = 0; i < running.size(); i++) {
                    String fault = running.get(i).get();
                    if (!fault.isEmpty()) {
                        faults.put(
                                group.getKey() + ": " + group.getValue().get(i).getKey(), fault);
                    }
                }
                System.out.printf(
                        "attack %-8s %-20s %5d cases, %d faults%n",
                        transport, group.getKey(), running.size(), faults.size() - before);
            }
        } finally {
            attackers.shutdownNow();
        }
        faults.forEach((name, fault) -> System.out.println("FAULT " + transport + " " + name + ": " + fault));
        assertThat(server.alive()).isTrue();
        assertThat(Spellings.fault(server.port(), "/guarded/open/file.txt")).isEmpty();
        assertThat(faults).isEmpty();
    }

    private static void add(
            Map<String, List<Map.Entry<String, Callable<String>>>> groups,
            String group,
            String name,
            Callable<String> attack) {
        groups.computeIfAbsent(group, key -> new java.util.ArrayList<>()).add(Map.entry(name, attack));
    }

    @Test
    void http1() throws Exception {
        Map<String, List<Map.Entry<String, Callable<String>>>> groups = new LinkedHashMap<>();
        for (Http1Case each : Http1Case.all()) {
            add(groups, "http1/" + each.group(), each.name(), () -> Http1Attack.fault(server.port(), each));
        }
        attack(groups, AT_ONCE);
    }

    @Test
    void http2() throws Exception {
        Map<String, List<Map.Entry<String, Callable<String>>>> groups = new TreeMap<>();
        for (List<Http2Case> cases : List.of(Http2Frames.all(), Http2Requests.all())) {
            for (Http2Case each : cases) {
                add(groups, "http2/" + each.group(), each.name(), () -> each.fault(server.port()));
            }
        }
        attack(groups, AT_ONCE);
    }

    @Test
    void http2Floods() throws Exception {
        Map<String, List<Map.Entry<String, Callable<String>>>> groups = new LinkedHashMap<>();
        for (Http2Flood each : Http2Flood.all()) {
            add(groups, "http2/flood", each.name(), () -> each.fault(server.port()));
        }
        attack(groups, 1);
    }

    @Test
    void tls() throws Exception {
        Map<String, List<Map.Entry<String, Callable<String>>>> groups = new LinkedHashMap<>();
        TlsAttack.cases(server.tlsPort(), keys).forEach((name, attack) -> add(groups, "tls", name, attack));
        attack(groups, AT_ONCE);
    }

    @Test
    void churn() throws Exception {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("churn with seed " + seed);
        Duration time = Duration.ofSeconds(Long.getLong("sluice.churn.seconds", WHOLE ? 60 : 5));
        assertThat(Churn.run(transport, server, time, seed, Duration.ofSeconds(30)))
                .as(server::state)
                .isEmpty();
    }

    @Test
    void spellings() throws Exception {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("spellings with seed " + seed);
        Random random = new Random(seed);
        Map<String, List<Map.Entry<String, Callable<String>>>> groups = new LinkedHashMap<>();
        Spellings.SERVED.forEach((path, answer) ->
                add(groups, "spellings/right", path, () -> Spellings.served(server.port(), path, answer)));
        for (int i = 0; i < (WHOLE ? 20_000 : 600); i++) {
            String path = Spellings.random(random);
            add(groups, "spellings", path, () -> Spellings.fault(server.port(), path));
        }
        attack(groups, AT_ONCE);
    }
}
