package dev.sluice.engine.parameter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names and their values in the order of arrival; the query string's come first (Servlet 6.1, 3.1). Not for use by
 * several threads at once.
 */
public final class Parameters {
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final int maxCount;
    private int count;

    /** No parameters yet, and at most {@code maxCount} pairs of name and value. */
    public Parameters(int maxCount) {
        this.maxCount = maxCount;
    }

    /**
     * Adds a pair.
     *
     * @throws BadRequestException if there are {@code maxCount} pairs already
     */
    public void add(String name, String value) {
        if (count == maxCount) {
            throw BadRequestException.tooMany("parameters", ParameterLimits.COUNT_KEY, maxCount);
        }
        count++;
        values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
    }

    /** Adds all of the others behind these. */
    void addAll(Parameters others) {
        others.values.forEach((name, all) -> all.forEach(value -> add(name, value)));
    }

    /** The first value, or null. */
    public @Nullable String first(String name) {
        List<String> all = values.get(name);
        return all == null ? null : all.get(0);
    }

    /** All values in a new array, or null. */
    public String @Nullable [] all(String name) {
        List<String> all = values.get(name);
        return all == null ? null : all.toArray(String[]::new);
    }

    /** The names. */
    public Enumeration<String> names() {
        return Collections.enumeration(values.keySet());
    }

    /** What {@code getParameterMap} gives away: immutable, with arrays of its own. */
    public Map<String, String[]> toMap() {
        Map<String, String[]> map = new LinkedHashMap<>();
        values.forEach((name, all) -> map.put(name, all.toArray(String[]::new)));
        return Collections.unmodifiableMap(map);
    }

    /**
     * These parameters behind others, as a dispatch with a query string sees them: the values of the new query string
     * take precedence (Servlet 6.1, 9.1.1).
     */
    public Parameters behind(Parameters first) {
        Parameters both = new Parameters(Math.max(maxCount, first.count + count));
        first.values.forEach((name, all) -> all.forEach(value -> both.add(name, value)));
        values.forEach((name, all) -> all.forEach(value -> both.add(name, value)));
        return both;
    }

    /** The number of pairs. */
    public int count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
