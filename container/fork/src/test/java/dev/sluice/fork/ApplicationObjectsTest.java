package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.fork.report.ForkException;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Records, lambdas, inner classes, final fields, superclasses and collections of the application's own. */
class ApplicationObjectsTest {
    private static <T> T forked(T root) {
        return Template.of("state", root, ForkOptions.defaults()).fork();
    }

    record Config(String name, int[] weights, List<String> hosts) {
        Config {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("name: empty");
            }
        }
    }

    record Immutable(String name, List<String> hosts, Config none) {}

    @Test
    void recordWithAMutableArrayIsRebuilt() {
        Config config = new Config("a", new int[] {1}, new ArrayList<>(List.of("h")));
        Config fork = forked(config);
        fork.weights()[0] = 2;
        fork.hosts().clear();
        assertThat(config.weights()).containsExactly(1);
        assertThat(forked(config).hosts()).containsExactly("h");
    }

    @Test
    void immutableRecordIsShared() {
        Immutable value = new Immutable("a", List.of("b"), null);
        assertThat(forked(value)).isSameAs(value);
        Template<List<Immutable>> template =
                Template.of("state", new ArrayList<>(List.of(value)), ForkOptions.defaults());
        assertThat(template.fork().get(0)).isSameAs(value);
        assertThat(template.plan().copiedObjects()).isOne();
    }

    static final class Counter {
        int count;

        int next() {
            return ++count;
        }
    }

    @Test
    void lambdasAndMethodReferencesTakeTheirCapturedStateAlong() {
        Counter counter = new Counter();
        long big = 5_000_000_000L;
        byte small = 3;
        List<IntSupplier> both = new ArrayList<>();
        both.add(() -> (int) (counter.next() + big - 5_000_000_000L + small));
        both.add(counter::next);
        List<IntSupplier> fork = forked(both);
        assertThat(fork.get(0).getAsInt()).isEqualTo(4);
        assertThat(fork.get(1).getAsInt()).isEqualTo(2);
        assertThat(counter.count).isZero();
    }

    @Test
    void lambdaWithoutMutableStateIsShared() {
        String prefix = "a";
        Function<String, String> lambda = text -> prefix + text;
        Runnable nothing = () -> {};
        assertThat(forked(lambda)).isSameAs(lambda);
        assertThat(forked(nothing)).isSameAs(nothing);
    }

    final class Inner {
        int own;

        Counter outer() {
            return counter;
        }
    }

    private final Counter counter = new Counter();

    @Test
    void innerClassTakesItsOuterInstanceAlong() {
        ApplicationObjectsTest outer = new ApplicationObjectsTest();
        Inner inner = outer.new Inner();
        Inner fork = forked(inner);
        fork.outer().next();
        assertThat(outer.counter.count).isZero();
        assertThat(fork.outer()).isNotSameAs(outer.counter);
    }

    @Test
    void anonymousClassTakesWhatItCapturedAlong() {
        int[] seen = {0};
        Supplier<Integer> anonymous = new Supplier<>() {
            private int calls;

            @Override
            public Integer get() {
                return ++calls * 10 + ++seen[0];
            }
        };
        assertThat(forked(anonymous).get()).isEqualTo(11);
        assertThat(forked(anonymous).get()).isEqualTo(11);
        assertThat(seen[0]).isZero();
    }

    static class Named {
        private final String name;
        private Counter hidden = new Counter();

        Named(String name) {
            this.name = name;
        }
    }

    static final class Shadow extends Named {
        private final Counter hidden = new Counter();

        Shadow() {
            super("shadow");
        }
    }

    @Test
    void superclassFieldsOfTheSameName() {
        Shadow shadow = new Shadow();
        shadow.hidden.next();
        Shadow fork = forked(shadow);
        assertThat(((Named) fork).name).isEqualTo("shadow");
        assertThat(fork.hidden.count).isOne();
        assertThat(((Named) fork).hidden.count).isZero();
        assertThat(fork.hidden).isNotSameAs(shadow.hidden);
    }

    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        final Counter added = new Counter();

        @Override
        public boolean add(String name) {
            added.next();
            return super.add(name);
        }
    }

    static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;

        private int limit = 2;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > limit;
        }
    }

    @Test
    void listOfTheApplicationKeepsItsFieldsAndRunsNoneOfItsCode() {
        Names names = new Names();
        names.add("a");
        Names fork = forked(names);
        assertThat(fork).containsExactly("a");
        assertThat(fork.added.count).isOne();
        fork.add("b");
        assertThat(names).containsExactly("a");
        assertThat(names.added.count).isOne();
    }

    @Test
    void boundedCacheStaysBounded() {
        Recent<String, int[]> cache = new Recent<>();
        cache.put("a", new int[] {1});
        cache.put("b", new int[] {2});
        Recent<String, int[]> fork = forked(cache);
        fork.get("a");
        fork.put("c", new int[] {3});
        assertThat(fork.keySet()).containsExactly("a", "c");
        assertThat(cache.keySet()).containsExactly("a", "b");
        assertThat(fork.get("a")).isNotSameAs(cache.get("a"));
    }

    @Test
    void doubleBraceMap() {
        Map<String, int[]> map = new HashMap<>() {
            private static final long serialVersionUID = 1;

            {
                put("a", new int[] {1});
            }
        };
        Map<String, int[]> fork = forked(map);
        fork.get("a")[0] = 2;
        assertThat(map.get("a")).containsExactly(1);
    }

    /** An open-addressing table of its own, like those of collection libraries. */
    static final class OwnMap extends AbstractMap<Object, Object> {
        final Object[] table = new Object[8];

        @Override
        public Set<Entry<Object, Object>> entrySet() {
            Map<Object, Object> all = new HashMap<>();
            for (Object key : table) {
                if (key != null) {
                    all.put(key, key);
                }
            }
            return all.entrySet();
        }
    }

    @Test
    void tableOfItsOwnKeyedByIdentityIsRefused() {
        OwnMap map = new OwnMap();
        map.table[3] = "shared keys hash the same";
        assertThat(forked(map).table[3]).isEqualTo(map.table[3]);
        map.table[4] = new Counter();
        assertThatThrownBy(() -> forked(map))
                .isInstanceOf(ForkException.class)
                .hasMessageContaining("hashed by identity");
    }

    static final class WithTransient {
        transient List<String> cache = new ArrayList<>();
        transient int size = 3;
        int kept = 4;
    }

    @Test
    void transientFieldsAreCopiedUnlessResetIsAskedFor() {
        WithTransient state = new WithTransient();
        state.cache.add("x");
        WithTransient copied = forked(state);
        assertThat(copied.cache).containsExactly("x").isNotSameAs(state.cache);
        WithTransient reset = Template.of(
                        "state", state, ForkOptions.defaults().transientFields(ForkOptions.TransientFields.RESET))
                .fork();
        assertThat(reset.cache).isNull();
        assertThat(reset.size).isZero();
        assertThat(reset.kept).isEqualTo(4);
    }

    @Test
    void recordThatRejectsItsOwnCopyIsReported() {
        int[] calls = {0};
        record Once(Object content, Runnable check) {
            Once {
                check.run();
            }
        }
        Once once = new Once(calls, () -> {
            if (calls[0]++ > 0) {
                throw new IllegalStateException("only once");
            }
        });
        assertThatThrownBy(() -> forked(List.of(once, calls)))
                .isInstanceOf(ForkException.class)
                .hasMessageContaining("state[0]")
                .hasMessageContaining("only once");
    }
}
