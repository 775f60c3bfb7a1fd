package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Hidden classes that are no lambdas: shared without state, rebuilt where their fields can be set, otherwise refused by name. */
class HiddenClassesTest {
    static final class Stateless implements Supplier<Object> {
        @Override
        public Object get() {
            return "x";
        }
    }

    static final class Fixed implements Supplier<Object> {
        private final int number = Integer.parseInt("7");
        private final Object held;

        Fixed(Object held) {
            this.held = held;
        }

        @Override
        public Object get() {
            return number + " " + held;
        }
    }

    static final class Open implements Supplier<Object> {
        private Object held;

        Open(Object held) {
            this.held = held;
        }

        @Override
        public Object get() {
            return held;
        }
    }

    @SuppressWarnings("unchecked")
    static Supplier<Object> hidden(Class<?> model, Object... arguments) throws Exception {
        String file = model.getName().substring(model.getPackageName().length() + 1) + ".class";
        try (InputStream in = Objects.requireNonNull(model.getResourceAsStream(file), file)) {
            Class<?> type = MethodHandles.lookup()
                    .defineHiddenClass(in.readAllBytes(), true)
                    .lookupClass();
            assertThat(type.isHidden()).isTrue();
            var constructor = type.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return (Supplier<Object>) constructor.newInstance(arguments);
        }
    }

    private static Supplier<Object> fork(Supplier<Object> root) {
        return Template.of("state", new ArrayList<>(List.of(root)), ForkOptions.defaults())
                .fork()
                .get(0);
    }

    @Test
    void withoutStateShared() throws Exception {
        Supplier<Object> object = hidden(Stateless.class);
        assertThat(fork(object)).isSameAs(object);
    }

    @Test
    void withFinalFieldsThatLeadToNothingMutableShared() throws Exception {
        Supplier<Object> object = hidden(Fixed.class, List.of("fixed"));
        assertThat(fork(object)).isSameAs(object);
    }

    @Test
    void withFinalFieldsThatLeadToSomethingMutableRefused() throws Exception {
        Supplier<Object> object = hidden(Fixed.class, new ArrayList<>());
        assertThatThrownBy(() -> fork(object))
                .isInstanceOf(dev.sluice.fork.report.ForkException.class)
                .hasMessageContaining(
                        "state[0] -> " + object.getClass().getName() + ": a hidden class whose final fields");
    }

    @Test
    void withFieldsThatCanBeSetRebuilt() throws Exception {
        List<String> held = new ArrayList<>(List.of("a"));
        Supplier<Object> object = hidden(Open.class, held);
        Supplier<Object> fork = fork(object);
        assertThat(fork).isNotSameAs(object).hasSameClassAs(object);
        assertThat(fork.get()).isEqualTo(held).isNotSameAs(held);
    }
}
