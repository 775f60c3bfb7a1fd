package dev.sluice.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thread local that a request sets, as logging contexts do, is not there for the next request, whatever the lane. */
class ThreadLocalsTest {
    private final ThreadLocal<String> plain = new ThreadLocal<>();
    private final ThreadLocal<String> supplied = ThreadLocal.withInitial(() -> "nothing");
    private final InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();

    private final TestApplication remembering = call -> {
        TestApplication.text(call, plain.get() + " " + supplied.get() + " " + inherited.get());
        plain.set("plain");
        supplied.set("supplied");
        inherited.set("inherited");
    };

    @ParameterizedTest
    @EnumSource(
            value = LaneMode.class,
            names = {"AUTO", "POOL", "INLINE"})
    void areForgotten(LaneMode mode) {
        try (TestEngine engine =
                TestEngine.builder(remembering).lane(mode).loops(1).start()) {
            for (int i = 0; i < 20; i++) {
                assertThat(engine.get("/").body()).isEqualTo("null nothing null");
            }
        }
    }
}
