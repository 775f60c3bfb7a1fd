package dev.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
    @Test
    void namesAreFoundWithoutRegardToCase() {
        Headers headers = Headers.of("Content-Type", "text/plain");

        assertThat(headers.first("content-TYPE")).contains("text/plain");
        assertThat(headers.contains("CONTENT-type")).isTrue();
        assertThat(headers.first("Content")).isEmpty();
    }

    @Test
    void orderAndRepetitionAreKept() {
        Headers headers = Headers.of("B", "1", "a", "2", "b", "3");

        List<String> seen = new ArrayList<>();
        headers.forEach((name, value) -> seen.add(name + "=" + value));
        assertThat(seen).containsExactly("B=1", "a=2", "b=3");
        assertThat(headers.all("b")).containsExactly("1", "3");
        assertThat(headers.names()).containsExactly("a", "b");
    }

    @Test
    void withReplacesAtThePlaceOfTheFirst() {
        Headers headers = Headers.of("A", "1", "B", "2", "a", "3").with("A", "9");

        assertThat(headers).isEqualTo(Headers.of("a", "9", "b", "2"));
        assertThat(headers.name(0)).isEqualTo("A");
    }

    @Test
    void changesLeaveTheOriginalAlone() {
        Headers original = Headers.of("A", "1");
        original.plus("A", "2");
        original.with("A", "3");
        original.without("A");

        assertThat(original).isEqualTo(Headers.of("A", "1")).hasSameHashCodeAs(Headers.of("a", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\nb", "a\u0000b", "a\r\nSet-Cookie: x=y", "\u010aX: y", "\u560a", "a ", "\ta"})
    void valuesThatCouldSplitAResponseAreRefused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> Headers.of("X", value));
        assertThatIllegalArgumentException().isThrownBy(() -> Headers.empty().plus("X", value));
        assertThatIllegalArgumentException().isThrownBy(() -> Headers.empty().with("X", value));
        assertThatIllegalArgumentException().isThrownBy(() -> Response.text("").plusHeader("X", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\n", "ä", "a\u0000", "(a)"})
    void namesThatAreNoTokensAreRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Headers.of(name, "x"));
    }

    @Test
    void theMessageNamesHeaderCharacterAndPlace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Headers.of("X-A", "ab\nc"))
                .withMessage("value of header X-A: 'ab<U+000A>c' has the character U+000A at 2"
                        + " (expected: ISO 8859-1 without CR, LF and NUL)");
    }
}
