package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hash maps of shared keys iterate in a fork as in the template, also where several keys want the same place. */
class OrderOfCollisionsTest {
    /** Strings of one length have the same hash here. */
    private static final List<String> SAME_HASH =
            List.of("AaAaAa", "BBBBBB", "AaBBAa", "BBAaBB", "AaAaBB", "other", "BBAaAa", "more");

    private static <T> T fork(T root) {
        return Template.of("state", root, ForkOptions.defaults()).fork();
    }

    static Stream<Map<String, Object>> maps() {
        return Stream.of(
                new HashMap<>(), new Hashtable<>(), new WeakHashMap<>(), new ConcurrentHashMap<>(), new HashMap<>(128));
    }

    @ParameterizedTest
    @MethodSource("maps")
    void keysOfOneHash(Map<String, Object> map) {
        SAME_HASH.forEach(key -> map.put(key, new int[] {key.length()}));
        map.put("shared", "value");
        map.remove("BBBBBB");
        Map<String, Object> fork = fork(map);
        assertThat(fork.keySet()).containsExactlyElementsOf(map.keySet());
        assertThat(fork(fork).keySet()).containsExactlyElementsOf(map.keySet());
        fork.forEach((key, value) -> assertThat(value == map.get(key)).isEqualTo(value instanceof String));
    }

    /** Whose hashes are another in each run: places behind the end of the table go on at its begin. */
    @Test
    void keysByIdentity() {
        for (int round = 0; round < 300; round++) {
            Map<Object, Object> map = new IdentityHashMap<>();
            for (int i = 0; i < 3 + round % 17; i++) {
                map.put(new Object(), i % 2 == 0 ? new int[] {i} : "shared");
            }
            Map<Object, Object> fork = fork(map);
            assertThat(fork.keySet().toArray())
                    .as("round " + round)
                    .containsExactly(map.keySet().toArray());
            fork.forEach((key, value) -> {
                assertThat(value == map.get(key)).isEqualTo(value instanceof String);
                assertThat(fork.get(key)).isSameAs(value);
            });
        }
    }
}
