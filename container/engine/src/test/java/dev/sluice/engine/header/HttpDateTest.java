package dev.sluice.engine.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three formats of RFC 9110, 5.6.7, in all years that they can say. */
class HttpDateTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Sun, 06 Nov 1994 08:49:37 GMT    | 1994-11-06T08:49:37Z
        Sunday, 06-Nov-94 08:49:37 GMT   | 1994-11-06T08:49:37Z
        Sun Nov  6 08:49:37 1994         | 1994-11-06T08:49:37Z
        Sun Nov 6 08:49:37 1994          | 1994-11-06T08:49:37Z
        Sun Nov 16 08:49:37 1994         | 1994-11-16T08:49:37Z
        Mon, 01 Jan 0001 00:00:00 GMT    | 0001-01-01T00:00:00Z
        Wed, 31 Dec 1969 23:59:59 GMT    | 1969-12-31T23:59:59Z
        Thu Jan  1 00:00:00 1601         | 1601-01-01T00:00:00Z
        Fri, 31 Dec 9999 23:59:59 GMT    | 9999-12-31T23:59:59Z
        Friday, 01-Jan-76 00:00:00 GMT   | 2076-01-01T00:00:00Z
        Friday, 01-Jan-77 00:00:00 GMT   | 1977-01-01T00:00:00Z
        Thursday, 01-Jan-70 00:00:00 GMT | 2070-01-01T00:00:00Z
        Tue, 06 Nov 1994 08:49:37 GMT    | 1994-11-06T08:49:37Z
        """)
    void isRead(String text, Instant expected) {
        assertThat(HttpDate.read(text, NOW)).isEqualTo(expected.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08:49:37 CET",
                "Sun, 31 Feb 1994 08:49:37 GMT",
                "Sun, 06 Nov 94 08:49:37 GMT",
                "Sunday, 06-Nov-1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 24:49:37 GMT"
            })
    void isNoDate(String text) {
        assertThat(HttpDate.read(text, NOW)).isNull();
    }

    @Test
    void isWrittenAsItIsRead() {
        for (String time : new String[] {"0001-01-01T00:00:00Z", "1969-12-31T23:59:58Z", "9999-12-31T23:59:59Z"}) {
            long millis = Instant.parse(time).toEpochMilli();
            assertThat(HttpDate.read(HttpDate.format(millis), NOW)).isEqualTo(millis);
        }
    }
}
