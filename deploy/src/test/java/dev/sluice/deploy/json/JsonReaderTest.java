package dev.sluice.deploy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @Test
    void valuesAreRead() {
        assertThat(JsonReader.object(
                        " {\"a\" : [1, -2.5e3, true, false], \"b\":{\"c\":\"x\\n\\u00e4\\/\"}, \"n\":null} "))
                .isEqualTo(Map.of(
                        "a", List.of(new BigDecimal(1), new BigDecimal("-2.5e3"), true, false),
                        "b", Map.of("c", "x\nä/")));
        assertThat(JsonReader.read("[]")).isEqualTo(List.of());
        assertThat(JsonReader.read("{}")).isEqualTo(Map.of());
        assertThat(JsonReader.read("null")).isNull();
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        Map<String, Object> value = Map.of("text", "q\"\\\u2028\ud83d\ude00\t", "items", List.of("a", "b"));
        assertThat(JsonReader.read(Json.write(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "01",
                "1.",
                "+1",
                "NaN",
                "tru",
                "\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "1 2",
                "{\"a\":1,\"a\":2}",
                "\"\n\"",
                "[1 2]",
                "1e9999"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonReader.read(text))
                .withMessageContaining("JSON");
    }

    @Test
    void depthIsBounded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonReader.read("[".repeat(100_000)))
                .withMessageContaining("at most 64 levels");
    }

    @Test
    void anObjectIsWantedWhereOneIsAskedFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonReader.object("[]"))
                .withMessageContaining("object");
    }
}
