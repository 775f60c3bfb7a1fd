package dev.sluice.engine.cookie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.engine.parameter.BadRequestException;
import jakarta.servlet.http.Cookie;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cookie header lines (RFC 6265; Servlet 6.1, 3.13). */
class CookieParsingTest {
    private static String show(String... lines) {
        StringBuilder shown = new StringBuilder();
        for (Cookie cookie : RequestCookies.parse(List.of(lines), 200)) {
            shown.append(cookie.getName()).append("=").append(cookie.getValue()).append("|");
        }
        return shown.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "a=b > a=b|",
                "a=b; c=d > a=b|c=d|",
                "a=b;c=d; > a=b|c=d|",
                "  a = b ;; c=d > a=b|c=d|",
                "a=\"b c\" > a=\"b c\"|",
                "a=b=c== > a=b=c==|",
                "a= > a=|",
                "a; c=d > c=d|",
                "=b; c=d > c=d|",
                "a b=c; d=e > d=e|",
                "$Version=1; a=b; $Path=/ > $Version=1|a=b|$Path=/|",
                "a=1; a=2 > a=1|a=2|"
            })
    void reads(String line, String expected) {
        assertThat(show(line)).isEqualTo(expected);
    }

    @Test
    void severalLinesAreOneList() {
        assertThat(show("a=b", "c=d; e=f")).isEqualTo("a=b|c=d|e=f|");
    }

    @Test
    void controlCharactersAreLeftOut() {
        assertThat(show("a=b\u0000c; d=e\u007f; f=g\rh; i=\u00e4")).isEqualTo("i=\u00e4|");
    }

    @Test
    void aBombIsRefused() {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> RequestCookies.parse(List.of("a=b;".repeat(201)), 200))
                .satisfies(e -> assertThat(e.limit()).isEqualTo("limits.cookies"))
                .satisfies(e -> assertThat(e.status()).isEqualTo(400));
        assertThat(RequestCookies.parse(List.of("a=b;".repeat(200)), 200)).hasSize(200);
        assertThat(RequestCookies.parse(List.of(";".repeat(100_000)), 200)).isEmpty();
    }

    @Test
    void nothingElseIsEverThrown() {
        long seed = System.nanoTime();
        System.out.println("CookieParsingTest seed " + seed);
        Random random = new Random(seed);
        String alphabet = "ab=;,\" \t\\$\u0000\u001f\u007f\u00e4()/";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder line = new StringBuilder();
            for (int j = random.nextInt(30); j > 0; j--) {
                line.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(RequestCookies.parse(List.of(line.toString()), 200)).hasSizeLessThanOrEqualTo(30);
        }
    }
}
