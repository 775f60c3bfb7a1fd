package dev.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How evenly counts are spread, and what that is called. */
class SpreadTest {
    private static Spread.Grade grade(Long... counts) {
        return Spread.of(List.of(counts)).grade();
    }

    @Test
    void isTheLargestDividedByTheAverage() {
        assertThat(Spread.of(List.of(30L, 10L)).ratio()).isEqualTo(1.5);
        assertThat(Spread.of(List.of(0L, 0L)).ratio()).isEqualTo(1);
        assertThat(Spread.of(List.of()).ratio()).isEqualTo(1);
        assertThat(Spread.of(List.of(8L, 0L, 0L, 0L)).ratio()).isEqualTo(4);
    }

    @Test
    void aFewSayNothing() {
        assertThat(grade(5L, 0L)).isEqualTo(Spread.Grade.UNKNOWN);
        assertThat(grade(64L, 0L)).isEqualTo(Spread.Grade.SEVERE);
    }

    @Test
    void hasGrades() {
        assertThat(grade(110L, 90L)).isEqualTo(Spread.Grade.BALANCED);
        assertThat(grade(111L, 89L)).isEqualTo(Spread.Grade.MILD);
        assertThat(grade(150L, 50L)).isEqualTo(Spread.Grade.MILD);
        assertThat(grade(151L, 49L)).isEqualTo(Spread.Grade.SEVERE);
    }
}
