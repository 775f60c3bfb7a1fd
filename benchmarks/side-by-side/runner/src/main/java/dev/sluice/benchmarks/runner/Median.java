package dev.sluice.benchmarks.runner;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Median, least and greatest of some rounds. */
record Median(double median, double least, double greatest) {

    static Median of(List<Measurement> rounds, ToDoubleFunction<Measurement> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Median(median, sorted[0], sorted[sorted.length - 1]);
    }

    String text() {
        return format(median) + " (" + format(least) + " to " + format(greatest) + ")";
    }

    static String format(double value) {
        return value >= 1_000
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
