package dev.sluice.admin;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of one metric by their labels. Two with the same labels are added up, because the registry refuses the whole page for a
 * duplicate. Used by one thread.
 */
final class Series {
    private final Map<List<String>, Double> values = new LinkedHashMap<>();

    /** Takes the values. */
    interface Target {
        void take(double value, String... labels);
    }

    void add(double value, String... labels) {
        values.merge(Arrays.asList(labels), value, Double::sum);
    }

    void tell(Target target) {
        values.forEach((labels, value) -> target.take(value, labels.toArray(String[]::new)));
    }
}
