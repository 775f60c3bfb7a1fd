package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What the combinators of {@code java.util.function} return, where that package is open, and where it is not. */
class FunctionCombinatorsTest {
    private static final boolean OPEN =
            Predicate.class.getModule().isOpen("java.util.function", FunctionCombinatorsTest.class.getModule());

    @Test
    void combinatorsAreRebuiltWithWhatTheyHold() {
        int[] calls = {0};
        Predicate<String> counting = text -> calls[0]++ >= 0;
        Function<String, Integer> number = text -> ++calls[0];
        List<Object> all = new ArrayList<>(List.of(
                counting.and(String::isEmpty),
                counting.negate(),
                Predicate.not(counting),
                number.andThen(n -> n + 1),
                BinaryOperator.minBy(Comparator.comparing(number))));
        if (OPEN) {
            List<Object> fork =
                    Template.of("state", all, ForkOptions.defaults()).fork();
            @SuppressWarnings("unchecked")
            Predicate<String> and = (Predicate<String>) fork.get(0);
            @SuppressWarnings("unchecked")
            Function<String, Integer> next = (Function<String, Integer>) fork.get(3);
            assertThat(and.test("")).isTrue();
            assertThat(next.apply("")).isEqualTo(3);
            assertThat(calls[0]).isZero();
        } else {
            assertThatThrownBy(() -> Template.of("state", all, ForkOptions.defaults()))
                    .hasMessageContaining("--add-opens java.base/java.util.function=ALL-UNNAMED");
        }
    }

    /** Whatever is open. */
    @Test
    void comparatorsAreRebuiltWithWhatTheyHold() {
        int[] calls = {0};
        Comparator<String> counting = Comparator.comparing(text -> {
            calls[0]++;
            return text.length();
        });
        List<Comparator<String>> all = new ArrayList<>(List.of(
                counting,
                counting.reversed(),
                counting.thenComparing(Comparator.naturalOrder()),
                Comparator.nullsFirst(counting),
                Comparator.nullsLast(counting.reversed()),
                Collections.reverseOrder(Comparator.nullsFirst(counting))));
        List<Comparator<String>> fork =
                Template.of("state", all, ForkOptions.defaults()).fork();
        int before = calls[0];
        int[] expected = {-1, 1, -1, -1, 1, 1};
        for (int i = 0; i < expected.length; i++) {
            assertThat(fork.get(i).compare("a", "bb")).as("comparator " + i).isEqualTo(expected[i]);
            assertThat(fork.get(i)).isNotSameAs(all.get(i));
        }
        assertThat(calls[0]).isEqualTo(before);
    }
}
