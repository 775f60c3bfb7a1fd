package dev.sluice.api.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
    @Test
    void segmentsAreLiteralsParametersAndARest() {
        PathPattern pattern = PathPattern.parse("/a/{b}/c/{d...}");

        assertThat(pattern.segments())
                .containsExactly(
                        new PathPattern.Segment.Literal("a"),
                        new PathPattern.Segment.Parameter("b"),
                        new PathPattern.Segment.Literal("c"),
                        new PathPattern.Segment.Rest("d"));
        assertThat(pattern.names()).containsExactly("b", "d");
        assertThat(pattern).hasToString("/a/{b}/c/{d...}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "/{}",
                "/{...}",
                "/{a...}/b",
                "/x{a}",
                "/{a}x",
                "/{a",
                "/a}",
                "/{a}/{a}",
                "/{a b}",
                "/a/../b",
                "/."
            })
    void malformedPatternsAreRefusedWithTheirText(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PathPattern.parse(text))
                .withMessageStartingWith("path pattern " + text + ": ");
    }
}
