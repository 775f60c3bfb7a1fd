package dev.sluice.engine.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servlet 6.1, 3.1 and 3.12. */
class ParameterDecodingTest {
    private final ParameterParser parser = new ParameterParser(ParameterLimits.DEFAULT);

    private Parameters query(String text, Charset charset) {
        Parameters parameters = parser.newParameters();
        parser.query(text, charset, parameters);
        return parameters;
    }

    private String show(String text, Charset charset) {
        StringBuilder shown = new StringBuilder();
        query(text, charset).toMap().forEach((name, values) -> shown.append(name)
                .append('=')
                .append(String.join(",", values))
                .append('|'));
        return shown.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "a=b > a=b|",
                "a=b&c=d&a=e > a=b,e|c=d|",
                "a&b= > a=|b=|",
                "&&a=b& > a=b|",
                "=b > =b|",
                "a=b=c > a=b=c|",
                "a+b=c%20d%2B > a b=c d+|",
                "a=%41%6a > a=Aj|",
                "a=%C3%A4%e2%82%ac > a=ä€|",
                "a;b=c > a;b=c|"
            })
    void reads(String text, String expected) {
        assertThat(show(text, StandardCharsets.UTF_8)).isEqualTo(expected);
    }

    @Test
    void anotherCharset() {
        assertThat(show("a=%E4", StandardCharsets.ISO_8859_1)).isEqualTo("a=\u00e4|");
        assertThat(show("a=%82%A0", Charset.forName("Shift_JIS"))).isEqualTo("a=\u3042|");
    }

    /** The HTTP layer hands bytes above 0x7f over as characters of ISO-8859-1. */
    @Test
    void bytesThatTheClientDidNotEncode() {
        assertThat(show("a=\u00c3\u00a4", StandardCharsets.UTF_8)).isEqualTo("a=\u00e4|");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=%",
                "a=%4",
                "a=%zz",
                "%=a",
                "a=%4&b=1",
                "a=%u0041",
                "a=%-1",
                "a=%E4",
                "a=%C0%80",
                "a=%ED%A0%80"
            })
    void malformedIs400(String text) {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> query(text, StandardCharsets.UTF_8))
                .satisfies(e -> assertThat(e.status()).isEqualTo(400))
                .satisfies(e -> assertThat(e.limit()).isNull());
    }

    @Nested
    class Limits {
        @Test
        void countOverQueryAndForm() throws IOException {
            ParameterParser small = new ParameterParser(new ParameterLimits(3, 100));
            Parameters parameters = small.newParameters();
            small.query("a&b", StandardCharsets.UTF_8, parameters);
            form(small, "c", 1, parameters);
            assertThat(parameters.count()).isEqualTo(3);
            assertThatExceptionOfType(BadRequestException.class)
                    .isThrownBy(() -> form(small, "d", 1, parameters))
                    .satisfies(e -> assertThat(e.limit()).isEqualTo("limits.parameters"))
                    .withMessageContaining("limits.parameters")
                    .withMessageContaining("3");
        }

        @Test
        void sizeAnnouncedOrNot() {
            ParameterParser small = new ParameterParser(new ParameterLimits(3, 10));
            for (long length : new long[] {11, -1}) {
                assertThatExceptionOfType(BadRequestException.class)
                        .isThrownBy(() -> form(small, "a=123456789", length, small.newParameters()))
                        .satisfies(e -> assertThat(e.status()).isEqualTo(413))
                        .satisfies(e -> assertThat(e.limit()).isEqualTo("limits.form"));
            }
        }

        /** A length of two gigabytes must not reserve them. */
        @Test
        void anAnnouncedLengthIsNoPromise() throws IOException {
            ParameterParser large = new ParameterParser(new ParameterLimits(3, Long.MAX_VALUE));
            Parameters parameters = large.newParameters();
            form(large, "a=b", Integer.MAX_VALUE, parameters);
            assertThat(parameters.first("a")).isEqualTo("b");
        }

        @Test
        void aMillionParametersAreRefusedQuickly() {
            assertThatExceptionOfType(BadRequestException.class)
                    .isThrownBy(() -> query("a=1&".repeat(1_000_000), StandardCharsets.UTF_8));
        }

        private void form(ParameterParser used, String text, long length, Parameters into) throws IOException {
            used.form(
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                    length,
                    StandardCharsets.UTF_8,
                    into);
        }
    }

    @Test
    void aDispatchsQueryComesFirst() {
        Parameters original = query("a=old&b=1", StandardCharsets.UTF_8);
        Parameters both = original.behind(query("a=new&c=2", StandardCharsets.UTF_8));
        assertThat(both.all("a")).containsExactly("new", "old");
        assertThat(Collections.list(both.names())).containsExactly("a", "c", "b");
        assertThat(original.all("a")).containsExactly("old");
    }

    @Test
    void nothingElseIsEverThrown() {
        long seed = System.nanoTime();
        System.out.println("ParameterDecodingTest seed " + seed);
        Random random = new Random(seed);
        String alphabet = "ab=&%+0123456789abcdefABCDEF;\u0000\u00e4\u20ac\ud800";
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(20); j > 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                query(text.toString(), random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16);
            } catch (BadRequestException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive().isLessThan(50_000);
    }
}
