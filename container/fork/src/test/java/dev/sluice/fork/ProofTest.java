package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.fork.order.Pristine;
import dev.sluice.fork.order.Schedule;
import dev.sluice.fork.plan.Compiler;
import dev.sluice.fork.plan.Plan;
import dev.sluice.fork.proof.Proof;
import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.ForkException;
import dev.sluice.fork.walk.Graph;
import dev.sluice.fork.walk.Walk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A template of which a fork would not be a true copy is refused, with the path of the first difference. */
class ProofTest {
    private static Template<?> publish(Object root) {
        return Template.of("state", root, ForkOptions.defaults());
    }

    record Growing(int n, List<String> mutable) {
        Growing {
            n = n + 1;
        }
    }

    @Test
    void recordWhoseConstructorChangesWhatItIsGiven() {
        assertThatThrownBy(() -> publish(Map.of("growing", new Growing(1, new ArrayList<>()))))
                .isInstanceOf(ForkException.class)
                .hasMessageContaining("state[growing] -> ")
                .hasMessageContaining(".n is 4 in a fork (in the template: 2)")
                .hasMessageContaining("constructor of a record runs again");
    }

    record Copying(List<StringBuilder> parts) {
        Copying {
            parts = new ArrayList<>(parts);
        }
    }

    @Test
    void recordThatCopiesItsArgumentIsRightUnlessSomebodyElseHasTheCopy() {
        assertThat(publish(new Copying(List.of(new StringBuilder("x")))).fork()).isNotNull();
        Copying copying = new Copying(List.of(new StringBuilder("x")));
        List<Object> both = new ArrayList<>(List.of(copying, copying.parts()));
        assertThatThrownBy(() -> publish(both))
                .hasMessageContaining("one object in the template and several in a fork");
    }

    static final class Key {
        String name;

        Key(String name) {
            this.name = name;
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.name.equals(name);
        }
    }

    @Test
    void keysMadeEqualAfterTheyWerePutIn() {
        Set<Key> keys = new HashSet<>();
        Key a = new Key("a");
        keys.add(a);
        keys.add(new Key("b"));
        a.name = "b";
        assertThatThrownBy(() -> publish(Map.of("keys", keys)))
                .hasMessageContaining("state[keys] -> java.util.HashSet")
                .hasMessageContaining("1 elements in a fork (in the template: 2)");
    }

    @Test
    void aKeyThatTheTemplateDoesNotFindIsAWarning() {
        Map<Key, String> map = new HashMap<>();
        Key key = new Key("a");
        map.put(key, "x");
        key.name = "changed";
        assertThat(publish(map).warnings()).singleElement().satisfies(w -> assertThat(w.toString())
                .contains("does not find all of its keys"));
    }

    @Test
    void onlyAsManyObjectsAreComparedAsWanted() {
        List<int[]> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(new int[] {i});
        }
        Template<?> template = Template.of("state", many, ForkOptions.defaults().provedObjects(10));
        assertThat(template.warnings()).singleElement().satisfies(w -> assertThat(w.problem())
                .contains("only the 10 of 101 objects"));
        assertThat(publish(many).warnings()).isEmpty();
    }

    private static Graph walked(Object root) {
        ForkOptions options = ForkOptions.defaults();
        return Walk.of("state", root, options.classifier(), options.maximumObjects());
    }

    private static Plan planned(Graph graph) {
        Schedule schedule = Schedule.of(graph.copied(), graph.rootNode(), new Pristine("state"));
        Pristine.swap(graph.copied());
        return Compiler.compile(graph, schedule);
    }

    static final class Element {
        String name = "same";

        @Override
        public int hashCode() {
            return 1;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Element element && element.name.equals(name);
        }
    }

    @Test
    void afterItsTimeTheComparisonEndsWithOneWarning() {
        List<Object> root = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            root.add(new HashSet<>(List.of(new Element())));
        }
        Graph graph = walked(root);
        Plan plan = planned(graph);
        assertThat(Proof.of(graph, plan, Integer.MAX_VALUE)).isEmpty();
        assertThat(Proof.of(graph, plan, Integer.MAX_VALUE, Duration.ZERO))
                .singleElement()
                .satisfies(f -> assertThat(f.toString()).contains("only the 0 of 1001 objects"));
        assertThat(Proof.of(graph, plan, 700, Duration.ofHours(1)))
                .singleElement()
                .satisfies(f -> assertThat(f.kind()).isEqualTo(Finding.Kind.SAMPLED));
    }

    @Test
    void aPlanThatForgetsSomethingIsFound() {
        ForkOptions options = ForkOptions.defaults();
        List<Object> root = new ArrayList<>(List.of(new StringBuilder("a"), new StringBuilder("b")));
        Graph graph = walked(root);
        Plan right = planned(graph);
        assertThat(Proof.of(graph, right, options.provedObjects())).isEmpty();
        ((StringBuilder) root.get(1)).append("changed since");
        assertThat(Proof.of(graph, right, options.provedObjects()))
                .singleElement()
                .satisfies(f -> assertThat(f.path()).isEqualTo("state[1]"));
    }
}
