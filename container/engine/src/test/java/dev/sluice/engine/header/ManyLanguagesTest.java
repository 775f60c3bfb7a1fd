package dev.sluice.engine.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** An Accept-Language with very many values costs time in proportion to its length. */
class ManyLanguagesTest {

    @Test
    void areSortedWithoutQuadraticTime() {
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < 200_000; i++) {
            header.append("en;q=0.").append(1 + i % 999).append(',');
        }
        long start = System.nanoTime();

        List<Locale> languages = AcceptLanguage.parse(List.of(header.toString()));

        assertThat(languages).isNotEmpty().allMatch(Locale.ENGLISH::equals);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }
}
