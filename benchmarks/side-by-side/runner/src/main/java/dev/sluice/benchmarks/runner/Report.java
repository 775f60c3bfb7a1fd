package dev.sluice.benchmarks.runner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Writes the results as Markdown; ratios are against the first server of a row that is not Sluice and had no errors. */
final class Report {
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Map<String, Double>> cpuByRow = new LinkedHashMap<>();
    private final Map<String, Map<String, List<Measurement>>> measured = new LinkedHashMap<>();

    Report(String machine) {
        text.append("# Side by side\n\n").append(machine).append("\n\n");
    }

    void row(Row row, Map<String, List<Measurement>> rounds) {
        measured.put(row.name(), rounds);
        text.append("## ").append(row.title()).append("\n\n");
        text.append(
                "| server | requests/s | CPU us/request | in the kernel | p50 ms | p99 ms | RSS MB | errors | CPU ratio to Sluice |\n");
        text.append("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        double own = rounds.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("sluice") && errors(entry.getValue()) == 0)
                .mapToDouble(entry ->
                        Median.of(entry.getValue(), Measurement::cpuMicros).median())
                .min()
                .orElse(Double.NaN);
        Map<String, Double> bars = new LinkedHashMap<>();
        rounds.forEach((server, list) -> {
            text.append(line(server, list, own));
            if (errors(list) == 0) {
                bars.put(server, Median.of(list, Measurement::cpuMicros).median());
            }
        });
        cpuByRow.put(row.title(), bars);
        text.append('\n');
    }

    private static String line(String server, List<Measurement> rounds, double own) {
        Median cpu = Median.of(rounds, Measurement::cpuMicros);
        long errors = errors(rounds);
        // A ratio of a run with errors would compare different work.
        String ratio =
                errors > 0 || Double.isNaN(own) ? "none" : String.format(Locale.ROOT, "%.2f", cpu.median() / own);
        return "| " + server + " | "
                + Median.of(rounds, Measurement::requestsPerSecond).text() + " | " + cpu.text()
                + " | "
                + Median.format(Median.of(rounds, Measurement::systemMicros).median())
                + " | " + Median.of(rounds, Measurement::p50Millis).text() + " | "
                + Median.of(rounds, Measurement::p99Millis).text() + " | "
                + Median.format(
                        Median.of(rounds, Measurement::residentMegabytes).median()) + " | " + errors + " | "
                + ratio + " |\n";
    }

    /** What is left of the goodput when ten times as many connections ask for the same work. */
    void overload() {
        Map<String, List<Measurement>> loaded = measured.get(Row.LOADED);
        Map<String, List<Measurement>> over = measured.get(Row.OVERLOAD);
        if (loaded == null || over == null) {
            return;
        }
        List<List<String>> lines = new ArrayList<>();
        over.forEach((server, rounds) -> {
            List<Measurement> before = loaded.get(server);
            boolean compared = before != null && errors(before) == 0 && errors(rounds) == 0;
            lines.add(List.of(
                    server,
                    compared ? ratio(rounds, before, Measurement::requestsPerSecond) : "none",
                    compared ? ratio(rounds, before, Measurement::p99Millis) : "none"));
        });
        table("Overload against the loaded server", List.of("server", "goodput ratio", "p99 ratio"), lines);
    }

    private static String ratio(
            List<Measurement> rounds, List<Measurement> before, ToDoubleFunction<Measurement> figure) {
        return String.format(
                Locale.ROOT,
                "%.2f",
                Median.of(rounds, figure).median() / Median.of(before, figure).median());
    }

    void note(String sentence) {
        text.append(sentence).append("\n\n");
    }

    private static long errors(List<Measurement> rounds) {
        return rounds.stream().mapToLong(Measurement::errors).sum();
    }

    void table(String title, List<String> header, List<List<String>> lines) {
        text.append("## ")
                .append(title)
                .append("\n\n| ")
                .append(String.join(" | ", header))
                .append(" |\n|");
        text.append(" --- |".repeat(header.size())).append('\n');
        lines.forEach(line -> text.append("| ").append(String.join(" | ", line)).append(" |\n"));
        text.append('\n');
    }

    String markdown() {
        return text.toString();
    }

    Map<String, Map<String, Double>> cpuByRow() {
        return cpuByRow;
    }
}
