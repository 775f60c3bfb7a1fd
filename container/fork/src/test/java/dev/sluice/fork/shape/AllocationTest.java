package dev.sluice.fork.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects come into being without their constructor, by either way that a JDK offers. */
class AllocationTest {
    static class Picky {
        final String name = "set by the constructor";

        Picky() {
            throw new IllegalStateException("the constructor ran");
        }
    }

    static Stream<Allocation.Way> ways() throws ReflectiveOperationException {
        return Stream.of(Allocation.unsafe(), Allocation.serialization());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void noConstructorRuns(Allocation.Way way) throws Throwable {
        Object made = way.allocator(Picky.class).invoke();
        assertThat(made).isExactlyInstanceOf(Picky.class);
        assertThat(Fields.get(Fields.of(Picky.class, Object.class).get(0), made))
                .isNull();
    }
}
