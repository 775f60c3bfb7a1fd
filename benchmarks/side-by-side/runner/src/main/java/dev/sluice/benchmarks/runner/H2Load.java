package dev.sluice.benchmarks.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks with h2load over HTTP/2 without TLS, and reads what it prints and logs. */
final class H2Load {
    private static final int STREAMS = 16;
    private static final Pattern FINISHED = Pattern.compile("finished in ([0-9.]+)(us|ms|s|m)");
    private static final Pattern COUNTS =
            Pattern.compile("(\\d+) succeeded, (\\d+) failed, (\\d+) errored, (\\d+) timeout");
    private static final Pattern STATUS = Pattern.compile("status codes: (\\d+) 2xx");

    private H2Load() {}

    static Answers run(Server.Running server, Row row, int seconds, Path log) throws IOException, InterruptedException {
        Files.deleteIfExists(log);
        String text = Load.output(List.of(
                "h2load",
                "-t1",
                "-m" + STREAMS,
                "-c" + row.connections(),
                "-D" + seconds,
                "-H",
                ":authority: " + Load.HOST,
                "--log-file=" + log,
                server.url(row)));
        return parse(text, log);
    }

    private static Answers parse(String text, Path log) throws IOException {
        Matcher finished = FINISHED.matcher(text);
        Matcher counts = COUNTS.matcher(text);
        Matcher status = STATUS.matcher(text);
        if (!finished.find() || !counts.find() || !status.find()) {
            throw new IOException("h2load printed no counts:\n" + text);
        }
        long wanted = Long.parseLong(status.group(1));
        long errors = Long.parseLong(counts.group(1)) - wanted;
        for (int group = 2; group <= 4; group++) {
            errors += Long.parseLong(counts.group(group));
        }
        double[] millis = latencies(log);
        return new Answers(
                wanted,
                Load.milliseconds(finished.group(1), finished.group(2)) / 1_000,
                Answers.percentile(millis, 0.50),
                Answers.percentile(millis, 0.99),
                Math.max(0, errors));
    }

    /** The log has a line for each request: start in microseconds, status, microseconds. */
    private static double[] latencies(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.mapToDouble(line -> Long.parseLong(line.split("\t")[2]) / 1_000.0)
                    .sorted()
                    .toArray();
        }
    }
}
