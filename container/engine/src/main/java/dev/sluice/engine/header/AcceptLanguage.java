package dev.sluice.engine.header;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The languages that a client prefers (RFC 9110, 12.5.4). */
public final class AcceptLanguage {
    private static final int MAX_RANGES = 100;

    private AcceptLanguage() {}

    private record Range(Locale locale, int weight) {}

    /** The locales, the most preferred first, equally preferred ones in their order; empty if the header says nothing usable. */
    public static List<Locale> parse(List<String> lines) {
        List<Range> ranges = new ArrayList<>();
        for (String line : lines) {
            for (String item : line.split(",", MAX_RANGES)) {
                add(item, ranges);
            }
        }
        ranges.sort(Comparator.comparingInt(Range::weight).reversed());
        return ranges.stream().map(Range::locale).toList();
    }

    private static void add(String item, List<Range> ranges) {
        int semicolon = item.indexOf(';');
        String tag = (semicolon < 0 ? item : item.substring(0, semicolon)).strip();
        int weight = semicolon < 0 ? Weight.MOST : Weight.of(item.substring(semicolon + 1));
        if (tag.isEmpty() || tag.equals("*") || weight == 0 || ranges.size() >= MAX_RANGES) {
            return;
        }
        Locale locale = Locale.forLanguageTag(tag);
        if (!locale.getLanguage().isEmpty()) {
            ranges.add(new Range(locale, weight));
        }
    }
}
