package dev.sluice.engine.resource;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Range} header (RFC 9110, 14.1 and 14.2). A header that is not understood, asks for more ranges than the
 * limit, or for more bytes than the file has, counts as no header: {@link #WHOLE}.
 *
 * @param ranges what can be satisfied, in the order of the request; empty: nothing can (416), unless this is WHOLE
 */
record ByteRanges(List<Range> ranges) {
    /** The whole file, as without a Range header. */
    static final ByteRanges WHOLE = new ByteRanges(List.of());

    private static final int MAX_DIGITS = 18;

    static ByteRanges parse(String header, long size, int maxRanges) {
        if (!header.regionMatches(true, 0, "bytes=", 0, 6)) {
            return WHOLE;
        }
        List<Range> ranges = new ArrayList<>();
        long total = 0;
        int count = 0;
        for (String spec : header.substring(6).split(",", maxRanges + 2)) {
            String text = spec.strip();
            if (text.isEmpty()) {
                continue;
            }
            int dash = text.indexOf('-');
            if (++count > maxRanges || dash < 0 || !valid(text, dash)) {
                return WHOLE;
            }
            Range range = range(text, dash, size);
            if (range != null) {
                ranges.add(range);
                total += range.length();
            }
        }
        boolean excessive = ranges.size() > 1 && total > size;
        return count == 0 || excessive ? WHOLE : new ByteRanges(List.copyOf(ranges));
    }

    private static boolean valid(String text, int dash) {
        String first = text.substring(0, dash);
        String last = text.substring(dash + 1);
        return number(first)
                && number(last)
                && !(first.isEmpty() && last.isEmpty())
                && (first.isEmpty() || last.isEmpty() || Long.parseLong(first) <= Long.parseLong(last));
    }

    private static boolean number(String text) {
        return text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Null if it cannot be satisfied. */
    private static @Nullable Range range(String text, int dash, long size) {
        if (dash == 0) {
            long suffix = Math.min(size, Long.parseLong(text.substring(1)));
            return suffix == 0 ? null : new Range(size - suffix, size - 1);
        }
        long first = Long.parseLong(text.substring(0, dash));
        String last = text.substring(dash + 1);
        return first >= size
                ? null
                : new Range(first, last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last)));
    }

    /** From the first byte to the last, both included. */
    record Range(long first, long last) {
        long length() {
            return last - first + 1;
        }

        String contentRange(long size) {
            return "bytes " + first + "-" + last + "/" + size;
        }
    }
}
