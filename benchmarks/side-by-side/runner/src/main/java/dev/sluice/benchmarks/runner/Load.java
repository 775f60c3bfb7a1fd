package dev.sluice.benchmarks.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Asks a server with what a row names, and measures what that costs the server. */
final class Load {
    /** A name, as in most requests; some servers check an address at more cost. */
    static final String HOST = "www.example.org";

    private final Path work;

    Load(Path work) {
        this.work = work;
    }

    Measurement run(Server.Running server, Row row, int seconds) throws IOException, InterruptedException {
        ProcessMeter.Cpu before = ProcessMeter.cpu(server.pid());
        Answers answers =
                switch (row.tool()) {
                    case WRK -> Wrk.run(server, row, seconds, work);
                    case H2LOAD -> H2Load.run(server, row, seconds, work.resolve("h2load.log"));
                    case PATIENT -> PatientClients.run(server, row, seconds);
                };
        ProcessMeter.Cpu cpu = ProcessMeter.cpu(server.pid()).since(before);
        return answers.measured(cpu, ProcessMeter.residentMegabytes(server.pid()));
    }

    /** Asks for a while and counts the answers. */
    long answers(Server.Running server, Row row, int seconds) throws IOException, InterruptedException {
        return Wrk.run(server, row, seconds, work).wanted();
    }

    static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ":\n" + text);
        }
        return text;
    }

    static double milliseconds(String number, String unit) {
        double value = Double.parseDouble(number);
        return switch (unit) {
            case "us" -> value / 1_000;
            case "ms" -> value;
            case "s" -> value * 1_000;
            default -> value * 60_000;
        };
    }
}
