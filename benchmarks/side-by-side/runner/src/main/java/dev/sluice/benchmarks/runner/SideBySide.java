package dev.sluice.benchmarks.runner;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs the same work on several servers, one after the other in each round, the order reversed in every second round, and
 * reports medians. One server runs at a time, so that none takes CPU from another.
 *
 * <pre>SideBySide [--rounds N] [--seconds N] [--warm-up N] [--servers a,b] [--output DIR] [row ...]</pre>
 */
public final class SideBySide {
    /** Rows that are no load on one server after the other. */
    private static final Set<String> APART = Set.of("startup", "memory", "syscalls");

    private final Options options;
    private final Path work;
    private final Load load;
    private final Servers all;
    private final List<Server> servers;

    private SideBySide(Options options) throws IOException {
        this.options = options;
        work = Files.createTempDirectory("side-by-side");
        load = new Load(work);
        all = new Servers(options.repository(), work, options.javaHome());
        servers = all.all().stream()
                .filter(server ->
                        options.servers().isEmpty() || options.servers().contains(server.name()))
                .toList();
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(arguments);
        SideBySide run = new SideBySide(options);
        Report report = new Report(run.machine());
        for (Row row : Row.named(options.loadRows())) {
            report.row(row, run.rounds(row));
        }
        report.overload();
        if (options.rows().contains("startup")) {
            run.startUp(report);
        }
        if (options.rows().contains("memory")) {
            Memory memory = new Memory(run.all, run.load, run.work);
            report.table(
                    "Memory after a second of load on each application (proportional set size)",
                    List.of("what", "processes", "MB"),
                    memory.measure(Row.ALL.get(0)));
        }
        if (options.rows().contains("syscalls")) {
            run.systemCalls(report);
        }
        Files.createDirectories(options.output());
        Files.writeString(options.output().resolve("report.md"), report.markdown());
        Files.writeString(options.output().resolve("report.svg"), Chart.svg(report.cpuByRow()));
        System.out.println(report.markdown());
    }

    private Map<String, List<Measurement>> rounds(Row row) throws Exception {
        Map<String, List<Measurement>> results = new LinkedHashMap<>();
        List<Server> order = new ArrayList<>(
                servers.stream().filter(server -> server.does(row)).toList());
        order.forEach(server -> results.put(server.name(), new ArrayList<>()));
        for (int round = 0; round < options.rounds(); round++) {
            for (Server server : order) {
                Measurement measured = once(server, row);
                System.err.printf("%s round %d %s: %s%n", row.name(), round + 1, server.name(), measured);
                results.get(server.name()).add(measured);
            }
            Collections.reverse(order);
        }
        return results;
    }

    private Measurement once(Server server, Row row) throws Exception {
        try (Server.Running running = server.start(freePort(), work.resolve(server.name() + ".log"), row.settings())) {
            load.run(running, row, options.warmUpSeconds());
            return load.run(running, row, options.seconds());
        }
    }

    private void startUp(Report report) throws Exception {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int round = 0; round < Math.max(5, options.rounds()); round++) {
            for (Server server : servers) {
                try (Server.Running running = server.start(freePort(), work.resolve(server.name() + ".log"))) {
                    times.computeIfAbsent(server.name(), name -> new ArrayList<>())
                            .add(running.startNanos() / 1e6);
                }
            }
        }
        List<List<String>> lines = new ArrayList<>();
        times.forEach((server, list) -> {
            List<Double> sorted = list.stream().sorted().toList();
            lines.add(List.of(
                    server,
                    Median.format(sorted.get(sorted.size() / 2)),
                    Median.format(sorted.get(0)),
                    Median.format(sorted.get(sorted.size() - 1))));
        });
        report.table("Start: first response after exec, ms", List.of("server", "median", "least", "greatest"), lines);
    }

    private void systemCalls(Report report) throws Exception {
        if (!SystemCalls.available()) {
            report.note("System calls were not counted: strace is missing (Debian's package strace).");
            return;
        }
        for (Row row : Row.named(SystemCalls.ROWS)) {
            List<List<String>> lines = new ArrayList<>();
            for (Server server : servers.stream().filter(each -> each.does(row)).toList()) {
                try (Server.Running running = server.start(freePort(), work.resolve(server.name() + ".log"))) {
                    lines.add(SystemCalls.count(running, row, load, work));
                }
            }
            report.table(
                    "System calls for each request: " + row.title(),
                    List.of("server", "calls", "most frequent"),
                    lines);
        }
    }

    private String machine() throws IOException, InterruptedException {
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 2))
                .orElse("unknown processor");
        String java = Load.output(List.of(options.javaHome().resolve("bin/java").toString(), "-version"))
                .lines()
                .findFirst()
                .orElse("");
        return Runtime.getRuntime().availableProcessors() + " cores, " + processor + ", " + java + ", "
                + options.rounds() + " rounds of " + options.seconds() + " s after " + options.warmUpSeconds()
                + " s of warm-up; load by wrk with one thread on the same machine; medians (least to greatest).";
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** What the command line asks for. */
    private record Options(
            int rounds,
            int seconds,
            int warmUpSeconds,
            Set<String> servers,
            Set<String> rows,
            Path repository,
            Path output,
            Path javaHome) {

        static Options parse(String[] arguments) {
            Map<String, String> named = new LinkedHashMap<>();
            Set<String> rows = new LinkedHashSet<>();
            for (int i = 0; i < arguments.length; i++) {
                if (arguments[i].startsWith("--") && i + 1 < arguments.length) {
                    named.put(arguments[i].substring(2), arguments[++i]);
                } else {
                    rows.add(arguments[i]);
                }
            }
            if (rows.isEmpty()) {
                rows.addAll(Row.names());
                rows.addAll(APART);
            }
            String servers = named.getOrDefault("servers", "");
            Path repository = Path.of(named.getOrDefault("repository", ".")).toAbsolutePath();
            return new Options(
                    Integer.parseInt(named.getOrDefault("rounds", "3")),
                    Integer.parseInt(named.getOrDefault("seconds", "8")),
                    Integer.parseInt(named.getOrDefault("warm-up", "8")),
                    servers.isEmpty() ? Set.of() : Set.of(servers.split(",")),
                    rows,
                    repository,
                    Path.of(named.getOrDefault(
                            "output",
                            repository.resolve("benchmarks/target/report").toString())),
                    Path.of(named.getOrDefault("java-home", System.getProperty("java.home"))));
        }

        Set<String> loadRows() {
            Set<String> names = new LinkedHashSet<>(rows);
            names.removeAll(APART);
            return names;
        }
    }
}
