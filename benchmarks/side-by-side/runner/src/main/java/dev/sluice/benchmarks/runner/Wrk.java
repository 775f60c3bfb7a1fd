package dev.sluice.benchmarks.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks with wrk, and reads what it prints. */
final class Wrk {
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ([0-9.]+)(ms|s|m)");
    private static final Pattern UNWANTED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern SOCKET_ERRORS =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

    private Wrk() {}

    static Answers run(Server.Running server, Row row, int seconds, Path scripts)
            throws IOException, InterruptedException {
        return parse(Load.output(command(server, row, seconds, scripts)));
    }

    private static List<String> command(Server.Running server, Row row, int seconds, Path scripts) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "wrk",
                "-t1",
                "-c" + row.connections(),
                "-d" + seconds + "s",
                "--latency",
                "--timeout",
                "10s",
                "-H",
                "Host: " + Load.HOST));
        if (!row.script().isEmpty()) {
            Path script = Files.writeString(scripts.resolve(row.name() + ".lua"), row.script());
            command.addAll(List.of("-s", script.toString()));
        }
        command.add(server.url(row));
        return command;
    }

    private static Answers parse(String text) throws IOException {
        Matcher requests = REQUESTS.matcher(text);
        if (!requests.find()) {
            throw new IOException("wrk printed no count of requests:\n" + text);
        }
        Matcher status = UNWANTED.matcher(text);
        long unwanted = status.find() ? Long.parseLong(status.group(1)) : 0;
        long errors = unwanted;
        Matcher socket = SOCKET_ERRORS.matcher(text);
        if (socket.find()) {
            for (int group = 1; group <= 4; group++) {
                errors += Long.parseLong(socket.group(group));
            }
        }
        return new Answers(
                Long.parseLong(requests.group(1)) - unwanted,
                Load.milliseconds(requests.group(2), requests.group(3)) / 1_000,
                percentile(text, "50"),
                percentile(text, "99"),
                errors);
    }

    private static double percentile(String text, String which) throws IOException {
        Matcher found =
                Pattern.compile(" " + which + "%\\s+([0-9.]+)(us|ms|s|m)").matcher(text);
        if (!found.find()) {
            throw new IOException("wrk printed no percentile " + which + ":\n" + text);
        }
        return Load.milliseconds(found.group(1), found.group(2));
    }
}
