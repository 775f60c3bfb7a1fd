package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.ForkException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A cycle none of whose objects can exist before the others is refused, and it is named, not what leads to it. */
class UnbuildableTest {
    /** Refers to itself by a lambda that its constructor makes. */
    record Self(List<Object> notes, Supplier<Object> self) {
        Self {
            self = () -> this;
        }
    }

    static final class Shop {
        Object first = new ArrayList<>();
        Object shelf;
    }

    private static Finding refusal(Object root) {
        ForkException[] thrown = new ForkException[1];
        assertThatThrownBy(() -> Template.of("state", root, ForkOptions.defaults()))
                .isInstanceOfSatisfying(ForkException.class, e -> thrown[0] = e);
        assertThat(thrown[0].findings()).hasSize(1);
        return thrown[0].findings().get(0);
    }

    private static void named(Object root, String path) {
        Finding finding = refusal(root);
        assertThat(finding.kind()).isEqualTo(Finding.Kind.UNBUILDABLE);
        assertThat(finding.path()).isIn(path, path + ".self");
        assertThat(finding.problem()).contains("part of a cycle of objects each of which needs the next one");
    }

    @Test
    void belowObjectsAndCollectionsThatAreNoPartOfTheCycle() {
        Shop shop = new Shop();
        shop.shelf = List.of("x", new Self(new ArrayList<>(), null));
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("shop", shop);
        named(root, "state[shop].shelf[1]");
    }

    @Test
    void belowObjectsThatItLeadsBackTo() {
        Shop shop = new Shop();
        Self self = new Self(new ArrayList<>(), null);
        shop.shelf = Optional.of(self);
        self.notes().add(shop);
        named(shop, "state.shelf[0]");
    }

    @Test
    void amongKeysOfASetOnTheSameCycle() {
        Shop shop = new Shop();
        Self self = new Self(new ArrayList<>(), null);
        Set<Object> set = new HashSet<>();
        set.add(shop);
        shop.first = set;
        shop.shelf = List.of(self);
        self.notes().add(set);
        named(shop, "state.shelf[0]");
    }
}
