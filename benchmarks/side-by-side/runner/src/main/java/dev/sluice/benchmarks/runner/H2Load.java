package dev.sluice.benchmarks.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks with h2load over HTTP/2 without TLS, and reads what it prints and logs. */
final class H2Load {
    private static final Pattern FINISHED = Pattern.compile("finished in ([0-9.]+)(us|ms|s|m)");
    private static final Pattern SUCCEEDED =
            Pattern.compile("(\\d+) succeeded, (\\d+) failed, (\\d+) errored, (\\d+) timeout");
    private static final Pattern STATUS = Pattern.compile("status codes: (\\d+) 2xx");

    private H2Load() {}

    static List<String> command(Server.Running server, Row row, int seconds, Path log) throws IOException {
        Files.deleteIfExists(log);
        return List.of(
                "h2load",
                "-t1",
                "-c" + row.connections(),
                "-m" + row.streams(),
                "-D" + seconds,
                "--log-file=" + log,
                server.url(row));
    }

    /** The log has a line for each request: start in microseconds, status, microseconds. */
    static Measurement parse(String text, Path log, ProcessMeter.Cpu cpu, double resident) throws IOException {
        Matcher finished = FINISHED.matcher(text);
        Matcher counts = SUCCEEDED.matcher(text);
        Matcher status = STATUS.matcher(text);
        if (!finished.find() || !counts.find() || !status.find()) {
            throw new IOException("h2load printed no counts:\n" + text);
        }
        double seconds = Load.duration(finished.group(1), finished.group(2)) / 1_000;
        long wanted = Math.max(1, Long.parseLong(status.group(1)));
        long errors = Long.parseLong(counts.group(1)) - wanted;
        for (int group = 2; group <= 4; group++) {
            errors += Long.parseLong(counts.group(group));
        }
        double[] millis = latencies(log);
        return new Measurement(
                wanted / seconds,
                cpu.total() / wanted,
                cpu.system() / wanted,
                percentile(millis, 0.50),
                percentile(millis, 0.99),
                resident,
                Math.max(0, errors));
    }

    private static double[] latencies(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            double[] millis = lines.mapToDouble(line -> Long.parseLong(line.split("\t")[2]) / 1_000.0)
                    .toArray();
            Arrays.sort(millis);
            return millis;
        }
    }

    private static double percentile(double[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, sorted.length * part)];
    }
}
