package dev.sluice.benchmarks.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a server with wrk, and reads what wrk prints. */
final class Load {
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ([0-9.]+)(ms|s|m)");
    private static final Pattern UNWANTED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern SOCKET_ERRORS =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

    private final Path scripts;

    Load(Path scripts) {
        this.scripts = scripts;
    }

    Measurement run(Server.Running server, Row row, int seconds) throws IOException, InterruptedException {
        ProcessMeter.Cpu before = ProcessMeter.cpu(server.pid());
        Path log = scripts.resolve("h2load.log");
        String text =
                output(row.streams() > 0 ? H2Load.command(server, row, seconds, log) : command(server, row, seconds));
        ProcessMeter.Cpu cpu = ProcessMeter.cpu(server.pid()).since(before);
        double resident = ProcessMeter.residentMegabytes(server.pid());
        return row.streams() > 0 ? H2Load.parse(text, log, cpu, resident) : parse(text, cpu, resident, row);
    }

    /** Asks for a while and counts the answers. */
    long answers(Server.Running server, Row row, int seconds) throws IOException, InterruptedException {
        String text = output(command(server, row, seconds));
        Matcher requests = REQUESTS.matcher(text);
        if (!requests.find()) {
            throw new IOException("wrk printed no count of requests:\n" + text);
        }
        return Long.parseLong(requests.group(1)) - first(UNWANTED, text);
    }

    private List<String> command(Server.Running server, Row row, int seconds) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("wrk", "-t1", "-c" + row.connections(), "-d" + seconds + "s", "--latency", "--timeout", "10s"));
        if (!row.script().isEmpty()) {
            Path script = Files.writeString(scripts.resolve(row.name() + ".lua"), row.script());
            command.addAll(List.of("-s", script.toString()));
        }
        command.add(server.url(row));
        return command;
    }

    static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ":\n" + text);
        }
        return text;
    }

    static Measurement parse(String text, ProcessMeter.Cpu cpu, double resident, Row row) throws IOException {
        Matcher requests = REQUESTS.matcher(text);
        if (!requests.find()) {
            throw new IOException("wrk printed no count of requests:\n" + text);
        }
        long unwanted = first(UNWANTED, text);
        long wanted = Math.max(1, Long.parseLong(requests.group(1)) - unwanted);
        double seconds = duration(requests.group(2), requests.group(3)) / 1_000;
        Matcher socket = SOCKET_ERRORS.matcher(text);
        long errors = row.shedding() ? 0 : unwanted;
        if (socket.find()) {
            for (int group = 1; group <= 4; group++) {
                errors += Long.parseLong(socket.group(group));
            }
        }
        return new Measurement(
                wanted / seconds,
                cpu.total() / wanted,
                cpu.system() / wanted,
                percentile(text, "50"),
                percentile(text, "99"),
                resident,
                errors);
    }

    private static long first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    private static double percentile(String text, String which) throws IOException {
        Matcher found =
                Pattern.compile(" " + which + "%\\s+([0-9.]+)(us|ms|s|m)").matcher(text);
        if (!found.find()) {
            throw new IOException("wrk printed no percentile " + which + ":\n" + text);
        }
        return duration(found.group(1), found.group(2));
    }

    static double duration(String number, String unit) {
        double value = Double.parseDouble(number);
        return switch (unit) {
            case "us" -> value / 1_000;
            case "ms" -> value;
            case "s" -> value * 1_000;
            default -> value * 60_000;
        };
    }
}
