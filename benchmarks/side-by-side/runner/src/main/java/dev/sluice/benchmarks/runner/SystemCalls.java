package dev.sluice.benchmarks.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Counts the system calls of a server under load with strace, which slows it down: the counts are right, times would not be. */
final class SystemCalls {
    /** The rows whose calls are counted. */
    static final Set<String> ROWS = Set.of("hello", "static1k", "static1m", "echo");

    private static final int SECONDS = 3;
    private static final int MOST_FREQUENT = 6;

    private SystemCalls() {}

    /** Calls of one kind. */
    private record Calls(String name, long count) {}

    static boolean available() {
        return Files.isExecutable(Path.of("/usr/bin/strace"));
    }

    /** One line of the report: the server, calls for each request, and the most frequent. */
    static List<String> count(Server.Running server, Row row, Load load, Path work)
            throws IOException, InterruptedException {
        load.answers(server, row, SECONDS);
        Path output = work.resolve("strace.txt");
        Process strace = new ProcessBuilder(
                        "strace", "-f", "-c", "-o", output.toString(), "-p", String.valueOf(server.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long answers;
        try {
            // Attaching to all threads takes a moment; what is asked meanwhile is not counted on either side.
            strace.waitFor(1, TimeUnit.SECONDS);
            answers = load.answers(server, row, SECONDS);
        } finally {
            strace.destroy();
            strace.waitFor();
        }
        List<Calls> calls = parse(Files.readAllLines(output));
        if (calls.isEmpty()) {
            throw new IOException("strace counted nothing: may it attach to processes (kernel.yama.ptrace_scope)?");
        }
        long total = calls.stream().mapToLong(Calls::count).sum();
        return List.of(
                server.server().name(),
                perRequest(total, answers),
                calls.stream()
                        .sorted(Comparator.comparingLong(Calls::count).reversed())
                        .limit(MOST_FREQUENT)
                        .map(kind -> kind.name() + " " + perRequest(kind.count(), answers))
                        .collect(Collectors.joining(", ")));
    }

    private static String perRequest(long calls, long answers) {
        return String.format(Locale.ROOT, "%.2f", (double) calls / Math.max(1, answers));
    }

    /** Lines as {@code  50.00    0.1   12   3456   7 read}: the fourth column counts, the last one names. */
    private static List<Calls> parse(List<String> lines) {
        List<Calls> calls = new ArrayList<>();
        for (String line : lines) {
            String[] columns = line.strip().split("\\s+");
            if (columns.length >= 5 && columns[0].matches("[0-9.]+") && !line.endsWith("total")) {
                calls.add(new Calls(columns[columns.length - 1], Long.parseLong(columns[3])));
            }
        }
        return calls;
    }
}
