package dev.sluice.engine.header;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalField;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Dates in header fields (RFC 9110, 5.6.7): one format is written, three are read. */
public final class HttpDate {
    private static final DateTimeFormatter IMF_FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US);
    private static final Set<TemporalField> WITHOUT_WEEKDAY = Set.of(
            ChronoField.YEAR,
            ChronoField.MONTH_OF_YEAR,
            ChronoField.DAY_OF_MONTH,
            ChronoField.HOUR_OF_DAY,
            ChronoField.MINUTE_OF_HOUR,
            ChronoField.SECOND_OF_MINUTE);
    private static final DateTimeFormatter READ_IMF = strict(IMF_FIXDATE);
    private static final DateTimeFormatter ASCTIME =
            strict(DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss uuuu", Locale.US));

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
        Long millis = read(value, Instant.now());
        if (millis != null) {
            return millis;
        }
        throw new IllegalArgumentException(
                "The header " + name + " is no date: \"" + value + "\" (expected: like Sun, 06 Nov 1994 08:49:37 GMT)");
    }

    /**
     * Reads a date; its weekday does not count.
     *
     * @param now decides the century of a year with two digits: never more than 50 years ahead
     * @return milliseconds since the epoch, or null if it is in none of the three formats
     */
    public static @Nullable Long read(String value, Instant now) {
        // The day of asctime may have two blanks before it, of which a parser of fields may leave one.
        String text = value.strip().replace("  ", " ");
        int comma = text.indexOf(',');
        DateTimeFormatter format = comma == 3 ? READ_IMF : comma < 0 ? ASCTIME : rfc850(now);
        try {
            return LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException noDate) {
            return null;
        }
    }

    /** An obsolete format that hardly anybody sends: made each time. */
    private static DateTimeFormatter rfc850(Instant now) {
        int year = now.atOffset(ZoneOffset.UTC).getYear();
        return strict(new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, year - 49)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US));
    }

    private static DateTimeFormatter strict(DateTimeFormatter format) {
        return format.withResolverFields(WITHOUT_WEEKDAY).withResolverStyle(ResolverStyle.STRICT);
    }
}
