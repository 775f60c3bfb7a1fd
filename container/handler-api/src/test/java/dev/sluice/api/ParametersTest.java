package dev.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
    @Test
    void namesAndValuesAreDecoded() {
        Parameters parameters = Parameters.parse("a=1&b=x+y%20z&a=2&c&%C3%A4=%E2%82%AC&d=e=f&&");

        assertThat(parameters.all("a")).containsExactly("1", "2");
        assertThat(parameters.first("b")).contains("x y z");
        assertThat(parameters.first("c")).contains("");
        assertThat(parameters.first("\u00e4")).contains("\u20ac");
        assertThat(parameters.first("d")).contains("e=f");
        assertThat(parameters.asMap()).containsOnlyKeys("a", "b", "c", "\u00e4", "d");
        assertThat(parameters.all("none")).isEmpty();
    }

    @Test
    void nothingIsEmpty() {
        assertThat(Parameters.parse("").asMap()).isEqualTo(java.util.Map.<String, List<String>>of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%1", "a=%zz", "a=%-1", "%=x", "a=%C3", "a=%FF%FE"})
    void malformedEscapesAreBadRequests(String query) {
        assertThatThrownBy(() -> Parameters.parse(query))
                .isInstanceOfSatisfying(
                        StatusException.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    @Test
    void tooManyAreABadRequest() {
        assertThat(Parameters.parse("a&".repeat(Parameters.LIMIT)).all("a")).hasSize(Parameters.LIMIT);
        assertThatThrownBy(() -> Parameters.parse("a&".repeat(Parameters.LIMIT + 1)))
                .isInstanceOf(StatusException.class);
    }
}
