package dev.sluice.deploy.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesSurviveWritingTest {
    static java.util.List<Key<?>> keys() {
        return Keys.all();
    }

    @ParameterizedTest
    @MethodSource("keys")
    <T> void everyDefault(Key<T> key) {
        assertThat(key.type().parse(key.defaultText())).isEqualTo(key.absent());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1023, 1024, 1536, 65_536, 1L << 20, 1L << 40, (1L << 30) + 1})
    void sizes(long bytes) {
        assertThat(ValueType.SIZE_IN_BYTES.parse(ValueType.SIZE_IN_BYTES.render(bytes)))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.0005S", "PT0.25S", "PT1S", "PT1M30S", "PT5M", "PT1H", "PT36H"})
    void durations(String iso) {
        Duration time = Duration.parse(iso);
        assertThat(ValueType.TIME.parse(ValueType.TIME.render(time))).isEqualTo(time);
    }

    @Test
    void overflowIsRefused() {
        assertThatThrownBy(() -> ValueType.SIZE_IN_BYTES.parse("99999999999999GiB"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ValueType.TIME.parse("999999999999d")).isInstanceOf(IllegalArgumentException.class);
    }
}
