package dev.sluice.engine.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates, languages and content types are read as RFC 9110 has them. */
class HeaderValuesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void threeFormatsOfADate(String text) {
        assertThat(HttpDate.parse("Date", text)).isEqualTo(784111777000L);
    }

    @Test
    void oneFormatIsWritten() {
        assertThat(HttpDate.format(784111777000L)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @Test
    void whatIsNoDateIsRefused() {
        assertThatThrownBy(() -> HttpDate.parse("If-Modified-Since", "yesterday"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("If-Modified-Since");
    }

    @Test
    void languagesByQuality() {
        assertThat(AcceptLanguage.parse(List.of("da, en-gb;q=0.8, en;q=0.7, *;q=0.1", "fr;q=0.9")))
                .containsExactly(Locale.forLanguageTag("da"), Locale.FRENCH, Locale.UK, Locale.ENGLISH);
    }

    @Test
    void unusableLanguagesAreLeftOut() {
        assertThat(AcceptLanguage.parse(List.of("en;q=0, ;;, x;q=nan, *"))).isEmpty();
    }

    @Test
    void charsetApart() {
        assertThat(ContentType.parse("text/html; charset=\"utf-8\"; v=1"))
                .isEqualTo(new ContentType("text/html; v=1", "utf-8"));
        assertThat(ContentType.parse("text/html")).isEqualTo(new ContentType("text/html", null));
        assertThat(ContentType.parse("a/b;x=\"y;charset=z\"").charset()).isNull();
    }

    @Test
    void declaredLocaleEncodingBeforeTheUsualOne() {
        LocaleEncodings encodings = new LocaleEncodings(Map.of("ja", "euc-jp", "de_CH", "windows-1252"));
        assertThat(encodings.find(Locale.JAPAN)).isEqualTo("euc-jp");
        assertThat(encodings.find(new Locale("de", "CH"))).isEqualTo("windows-1252");
        assertThat(encodings.find(Locale.GERMANY)).isNull();
        assertThat(new LocaleEncodings(Map.of()).find(Locale.JAPANESE)).isEqualTo("Shift_JIS");
    }
}
