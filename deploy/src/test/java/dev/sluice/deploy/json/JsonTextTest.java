package dev.sluice.deploy.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void writesNestedValues() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", 1);
        map.put("b", Arrays.asList(true, null, 1.5, Double.NaN));
        map.put("c", Map.of("d", List.of()));

        assertThat(Json.write(map)).isEqualTo("{\"a\":1,\"b\":[true,null,1.5,null],\"c\":{\"d\":[]}}");
    }

    @Test
    void escapesWhatWouldBreakOut() {
        assertThat(Json.write("\"\\\n\r\t\u0000\u001b\u2028é😀\ud800"))
                .isEqualTo("\"\\\"\\\\\\n\\r\\t\\u0000\\u001b\\u2028é😀\\ud800\"");
    }
}
