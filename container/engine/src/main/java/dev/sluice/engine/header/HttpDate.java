package dev.sluice.engine.header;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** Dates in header fields (RFC 9110, 5.6.7): one format is written, three are read. */
public final class HttpDate {
    private static final DateTimeFormatter IMF_FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
    private static final DateTimeFormatter RFC_850 = new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 4, 1970)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.US);
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US);
    private static final List<DateTimeFormatter> READABLE = List.of(IMF_FIXDATE, RFC_850, ASCTIME);

    private HttpDate() {}

    /** Writes milliseconds since the epoch. */
    public static String format(long millis) {
        return IMF_FIXDATE.format(LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC));
    }

    /**
     * Reads a date.
     *
     * @return milliseconds since the epoch
     * @throws IllegalArgumentException if it is in none of the three formats
     */
    public static long parse(String name, String value) {
        for (DateTimeFormatter format : READABLE) {
            try {
                return LocalDateTime.parse(value.strip(), format)
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
            } catch (DateTimeException inAnotherFormat) {
                continue;
            }
        }
        throw new IllegalArgumentException(
                "The header " + name + " is no date: \"" + value + "\" (expected: like Sun, 06 Nov 1994 08:49:37 GMT)");
    }
}
