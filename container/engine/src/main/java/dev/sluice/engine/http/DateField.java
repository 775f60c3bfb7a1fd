package dev.sluice.engine.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The value of the Date field, as bytes, made once for each second (RFC 9110, 5.6.7). One for each loop. */
final class DateField {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final LongSupplier millis;
    private long second = Long.MIN_VALUE;
    private byte[] value = {};

    DateField(LongSupplier millis) {
        this.millis = millis;
    }

    byte[] now() {
        long current = Math.floorDiv(millis.getAsLong(), 1000);
        if (current != second) {
            value = FORMAT.format(Instant.ofEpochSecond(current)).getBytes(StandardCharsets.ISO_8859_1);
            second = current;
        }
        return value;
    }
}
