package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Header fields: case, order, several values, and what could end a line. */
class HeadersTest {
    private final Headers headers = new Headers().add("A", "1").add("b", "2").add("a", "3");

    @Test
    void namesHaveNoCase() {
        assertThat(headers.first("a")).isEqualTo("1");
        assertThat(headers.all("A")).containsExactly("1", "3");
        assertThat(headers.contains("B")).isTrue();
        assertThat(headers.first("c")).isNull();
        assertThat(headers.names()).containsExactly("A", "b");
    }

    @Test
    void settingReplacesAll() {
        headers.set("a", "4");
        assertThat(headers.all("a")).containsExactly("4");
        assertThat(headers.size()).isEqualTo(2);
        headers.remove("A");
        assertThat(headers.names()).containsExactly("b");
    }

    @Test
    void growsBeyondItsFirstSize() {
        for (int i = 0; i < 100; i++) {
            headers.add("X-" + i, "v");
        }
        assertThat(headers.first("x-99")).isEqualTo("v");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\nb", "a\0b", "a\r\nSet-Cookie: x"})
    void valuesCannotEndALine(String value) {
        assertThatThrownBy(() -> headers.add("X", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> headers.set("A", value)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:", "a\r\n", "\u00e9", "a\0"})
    void namesAreTokens(String name) {
        assertThatThrownBy(() -> headers.add(name, "v")).isInstanceOf(IllegalArgumentException.class);
    }
}
