package dev.sluice.war.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.war.archive.ArchiveException;
import dev.sluice.war.descriptor.FragmentOrder.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Servlet 6.1, 8.2.2: absolute and relative ordering, with the examples of the specification. */
class FragmentOrderTest {
    private static final String OTHERS = FragmentOrder.OTHERS;

    private static Node node(String name, List<String> before, List<String> after) {
        return new Node(name + ".jar", name, before, after);
    }

    private static Node plain(String name) {
        return node(name, List.of(), List.of());
    }

    private static Node nameless(String library) {
        return new Node(library, null, List.of(), List.of());
    }

    private static List<String> libraries(List<Node> nodes) {
        return nodes.stream().map(Node::library).toList();
    }

    private static List<String> relative(Node... nodes) throws ArchiveException {
        return libraries(FragmentOrder.relative(List.of(nodes)));
    }

    @Nested
    class Absolute {
        private final List<Node> nodes = List.of(plain("a"), plain("b"), nameless("x.jar"), plain("c"));

        @Test
        void onlyWhatIsListed() {
            assertThat(libraries(FragmentOrder.absolute(nodes, List.of("c", "a"))))
                    .containsExactly("c.jar", "a.jar");
        }

        @Test
        void othersTakeTheirPlace() {
            assertThat(libraries(FragmentOrder.absolute(nodes, List.of("c", OTHERS, "a"))))
                    .containsExactly("c.jar", "b.jar", "x.jar", "a.jar");
        }

        @Test
        void unknownNamesAreIgnored() {
            assertThat(libraries(FragmentOrder.absolute(nodes, List.of("zzz", "b"))))
                    .containsExactly("b.jar");
        }

        @Test
        void anEmptyListSelectsNothing() {
            assertThat(FragmentOrder.absolute(nodes, List.of())).isEmpty();
        }

        @Test
        void ofTwoWithOneNameTheFirstCounts() {
            Node second = new Node("second.jar", "a", List.of(), List.of());
            assertThat(libraries(FragmentOrder.absolute(List.of(plain("a"), second), List.of("a", OTHERS))))
                    .containsExactly("a.jar");
        }
    }

    @Nested
    class Relative {
        @Test
        void withoutAnyRuleTheOrderStays() throws Exception {
            assertThat(relative(nameless("b.jar"), nameless("a.jar"))).containsExactly("b.jar", "a.jar");
        }

        @Test
        void beforeAndAfter() throws Exception {
            assertThat(relative(node("a", List.of(), List.of("c")), node("b", List.of("a"), List.of()), plain("c")))
                    .containsExactly("b.jar", "c.jar", "a.jar");
        }

        @Test
        void firstExampleOfTheSpecification() throws Exception {
            List<String> order = relative(
                    node("a", List.of(), List.of(OTHERS, "c")),
                    node("b", List.of(OTHERS), List.of()),
                    node("c", List.of(), List.of(OTHERS)),
                    plain("d"),
                    plain("e"),
                    node("f", List.of(OTHERS, "b"), List.of()));
            assertThat(order).containsExactly("f.jar", "b.jar", "d.jar", "e.jar", "c.jar", "a.jar");
        }

        @Test
        void secondExampleOfTheSpecification() throws Exception {
            List<String> order = relative(
                    new Node("noid.jar", null, List.of("c"), List.of(OTHERS)),
                    node("b", List.of(OTHERS), List.of()),
                    plain("c"),
                    node("d", List.of(), List.of(OTHERS)),
                    node("e", List.of(OTHERS), List.of()),
                    plain("f"));
            assertThat(order.subList(0, 2)).containsExactlyInAnyOrder("b.jar", "e.jar");
            assertThat(order.get(2)).isEqualTo("f.jar");
            assertThat(order.indexOf("noid.jar")).isLessThan(order.indexOf("c.jar"));
        }

        @Test
        void thirdExampleOfTheSpecification() throws Exception {
            List<String> order = relative(
                    node("a", List.of(), List.of("b")), plain("b"), node("c", List.of(OTHERS), List.of()), plain("d"));
            assertThat(order.get(0)).isEqualTo("c.jar");
            assertThat(order.indexOf("b.jar")).isLessThan(order.indexOf("a.jar"));
        }

        @Test
        void aCircleIsRefusedWithItsMembers() {
            assertThatThrownBy(() -> relative(
                            node("a", List.of("b"), List.of()),
                            node("b", List.of("c"), List.of()),
                            node("c", List.of("a"), List.of()),
                            plain("d")))
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining("[a.jar, b.jar, c.jar]");
        }

        @Test
        void twoWithOneNameAreRefused() {
            assertThatThrownBy(() -> relative(plain("a"), new Node("second.jar", "a", List.of(), List.of())))
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining("second.jar")
                    .hasMessageContaining("a.jar");
        }

        @Test
        void randomRulesWithoutACircleAreKept() throws Exception {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            for (int round = 0; round < 200; round++) {
                int n = 2 + random.nextInt(8);
                List<Node> nodes = new ArrayList<>();
                for (int i = 0; i < n; i++) {
                    List<String> after = new ArrayList<>();
                    for (int j = 0; j < i; j++) {
                        if (random.nextInt(3) == 0) {
                            after.add("n" + j);
                        }
                    }
                    nodes.add(random.nextInt(nodes.size() + 1), node("n" + i, List.of(), after));
                }
                List<String> order = libraries(FragmentOrder.relative(nodes));
                for (Node node : nodes) {
                    for (String after : node.after()) {
                        assertThat(order.indexOf(node.library()))
                                .as("seed %d: %s in %s", seed, nodes, order)
                                .isGreaterThan(order.indexOf(after + ".jar"));
                    }
                }
            }
        }
    }
}
