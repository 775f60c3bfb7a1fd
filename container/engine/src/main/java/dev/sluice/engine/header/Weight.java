package dev.sluice.engine.header;

import java.util.List;
import java.util.Locale;

/** How much a client wants something that it has named in a list with weights (RFC 9110, 12.4.2). */
public final class Weight {
    /** The weight of what is named without one. */
    public static final int MOST = 1000;

    private static final int MAX_ELEMENTS = 100;

    private Weight() {}

    /**
     * The weight that the parameters behind an element's name say, in thousandths.
     *
     * @param parameters what stands behind the first semicolon; {@link #MOST} without a weight, 0 with one that is none
     */
    public static int of(String parameters) {
        for (String parameter : parameters.split(";")) {
            String text = parameter.strip().toLowerCase(Locale.ROOT);
            if (text.startsWith("q=")) {
                String number = text.substring(2).strip();
                return number.matches("[01](\\.[0-9]{0,3})?")
                        ? (int) Math.min(MOST, Math.round(Double.parseDouble(number) * MOST))
                        : 0;
            }
        }
        return MOST;
    }

    /**
     * The weight of a media type in the lines of an {@code Accept} field (RFC 9110, 12.5.1): of the most specific range that it is in.
     *
     * @param type in lower case, without parameters
     * @return 0 (not acceptable) to {@link #MOST}; {@link #MOST} if there are no lines
     */
    public static int ofMediaType(List<String> lines, String type) {
        String group = type.substring(0, type.indexOf('/') + 1) + "*";
        int best = lines.isEmpty() ? MOST : 0;
        int bestRank = 0;
        for (String line : lines) {
            for (String element : line.split(",", MAX_ELEMENTS)) {
                int semicolon = element.indexOf(';');
                String range = (semicolon < 0 ? element : element.substring(0, semicolon))
                        .strip()
                        .toLowerCase(Locale.ROOT);
                int rank = range.equals(type) ? 3 : range.equals(group) ? 2 : range.equals("*/*") ? 1 : 0;
                if (rank > bestRank) {
                    bestRank = rank;
                    best = semicolon < 0 ? MOST : of(element.substring(semicolon + 1));
                }
            }
        }
        return best;
    }
}
