package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Cycles and references from several places keep their shape. */
class CyclesTest {
    static <T> T forked(T root) {
        T fork = Template.of("state", root, ForkOptions.defaults()).fork();
        SameShape.verify(root, fork);
        return fork;
    }

    static final class Link {
        Link previous;
        Link next;
        int number;
    }

    record Holder(List<Object> list) {}

    static final class Parent {
        final String name;
        final Set<Child> children = new HashSet<>();

        Parent(String name) {
            this.name = name;
        }
    }

    static final class Child {
        final Parent parent;
        String name;

        Child(Parent parent, String name) {
            this.parent = parent;
            this.name = name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Child child && child.name.equals(name) && child.parent.name.equals(parent.name);
        }

        @Override
        public int hashCode() {
            return Objects.hash(parent.name, name);
        }
    }

    @Test
    void ringOfTwo() {
        Link a = new Link();
        Link b = new Link();
        a.next = b;
        b.previous = a;
        b.next = a;
        a.previous = b;
        Link fork = forked(a);
        assertThat(fork.next.next).isSameAs(fork).isNotSameAs(a);
    }

    @Test
    void collectionThatContainsItself() {
        List<Object> list = new ArrayList<>();
        Map<String, Object> map = new HashMap<>();
        list.add(map);
        map.put("list", list);
        List<Object> fork = forked(list);
        assertThat(((Map<?, ?>) fork.get(0)).get("list")).isSameAs(fork);
    }

    @Test
    void recordInACycleThroughAList() {
        List<Object> list = new ArrayList<>();
        Holder holder = new Holder(list);
        list.add(holder);
        list.add(holder);
        Holder fork = forked(holder);
        assertThat(fork.list().get(0)).isSameAs(fork).isSameAs(fork.list().get(1));
        assertThat(fork.list()).isNotSameAs(list);
    }

    @Test
    void hashedChildrenThatKnowTheirParent() {
        Parent parent = new Parent("p");
        for (int i = 0; i < 20; i++) {
            parent.children.add(new Child(parent, "c" + i));
        }
        Parent fork = Template.of("state", parent, ForkOptions.defaults()).fork();
        assertThat(fork.children).hasSize(20);
        for (Child child : fork.children) {
            assertThat(child.parent).isSameAs(fork);
            assertThat(fork.children).contains(child).contains(new Child(fork, child.name));
            assertThat(parent.children).noneMatch(c -> c == child);
        }
    }

    @Test
    void recursiveLambda() {
        IntUnaryOperator[] self = new IntUnaryOperator[1];
        int[] calls = {0};
        self[0] = n -> {
            calls[0]++;
            return n < 2 ? 1 : n * self[0].applyAsInt(n - 1);
        };
        IntUnaryOperator fork =
                Template.of("factorial", self[0], ForkOptions.defaults()).fork();
        assertThat(fork.applyAsInt(5)).isEqualTo(120);
        assertThat(calls[0]).isZero();
        assertThat(fork).isNotSameAs(self[0]);
    }

    @Test
    void longListWithoutRecursion() {
        Link first = new Link();
        Link last = first;
        for (int i = 1; i < 20_000; i++) {
            Link link = new Link();
            link.number = i;
            last.next = link;
            link.previous = last;
            last = link;
        }
        Template<Link> template = Template.of("list", first, ForkOptions.defaults());
        Link fork = template.fork();
        assertThat(SameShape.verify(first, fork)).isEqualTo(20_000);
        assertThat(template.plan().steps()).isLessThan(5);
    }

    @Test
    void longListOfAlternatingTypes() {
        Object last = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Link link = new Link();
            link.number = i;
            Object[] array = {last, link};
            last = new ArrayList<>(List.of(array));
        }
        assertThat(SameShape.verify(
                        last, Template.of("list", last, ForkOptions.defaults()).fork()))
                .isGreaterThan(20_000);
    }

    @Test
    void oneObjectInTwoPlaces() {
        int[] counter = {7};
        List<Supplier<int[]>> both = new ArrayList<>();
        both.add(() -> counter);
        both.add(() -> counter);
        List<Supplier<int[]>> fork = forked(both);
        fork.get(0).get()[0]++;
        assertThat(fork.get(1).get()[0]).isEqualTo(8);
        assertThat(counter[0]).isEqualTo(7);
    }
}
