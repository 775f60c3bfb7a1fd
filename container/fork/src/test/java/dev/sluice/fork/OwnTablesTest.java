package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.ForkException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hash tables of an application's own that are neither maps nor sets: refused if their keys are hashed by identity. */
class OwnTablesTest {
    /** Hashed by identity. */
    static final class Session {
        int uses;
        String name;

        Session(String name) {
            this.name = name;
        }
    }

    /** What all of these tables can do. */
    interface Table {
        void put(Object key, Object value);

        Object get(Object key);
    }

    /** Buckets of entries, as in java.util.HashMap. */
    static final class Chained implements Table {
        static final class Entry {
            final Object key;
            Object value;
            Entry next;

            Entry(Object key, Object value, Entry next) {
                this.key = key;
                this.value = value;
                this.next = next;
            }
        }

        private final Entry[] buckets = new Entry[16];

        private int place(Object key) {
            int hash = key.hashCode();
            return (hash ^ hash >>> 16) & buckets.length - 1;
        }

        @Override
        public void put(Object key, Object value) {
            buckets[place(key)] = new Entry(key, value, buckets[place(key)]);
        }

        @Override
        public Object get(Object key) {
            Entry entry = buckets[place(key)];
            while (entry != null && !entry.key.equals(key)) {
                entry = entry.next;
            }
            return entry == null ? null : entry.value;
        }
    }

    /** Somebody else's mixing of hashes. */
    static final class Mixing {
        static int mix(Object key) {
            int hash = System.identityHashCode(key) * 0x9E3779B9;
            return hash ^ hash >>> 16;
        }
    }

    /** Two arrays side by side and the next free place, as in collection libraries. */
    static final class Probing implements Table {
        private final Object[] keys = new Object[33];
        private final Object[] values = new Object[33];

        private int place(Object key) {
            int place = Mixing.mix(key) & 31;
            while (keys[place] != null && keys[place] != key) {
                place = place + 1 & 31;
            }
            return place;
        }

        @Override
        public void put(Object key, Object value) {
            int place = place(key);
            keys[place] = key;
            values[place] = value;
        }

        @Override
        public Object get(Object key) {
            return values[place(key)];
        }
    }

    /** Lists of keys and lists of values. */
    static final class Buckets implements Table {
        private final List<List<Object>> buckets = new ArrayList<>();

        Buckets() {
            for (int i = 0; i < 11; i++) {
                buckets.add(new ArrayList<>());
            }
        }

        @Override
        public void put(Object key, Object value) {
            buckets.get((key.hashCode() & Integer.MAX_VALUE) % buckets.size()).add(key);
        }

        @Override
        public Object get(Object key) {
            List<Object> bucket = buckets.get((key.hashCode() & Integer.MAX_VALUE) % buckets.size());
            return bucket.contains(key) ? key : null;
        }
    }

    /** A place for each hash, in a record; whoever comes later has it. */
    record Slots(Object[] keys, Object[] values) implements Table {
        private int place(Object key) {
            return Math.floorMod(key.hashCode(), keys.length);
        }

        @Override
        public void put(Object key, Object value) {
            keys[place(key)] = key;
            values[place(key)] = value;
        }

        @Override
        public Object get(Object key) {
            return keys[place(key)] == key ? values[place(key)] : null;
        }
    }

    record Kind(String name, Function<Integer, Table> maker) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind("chained", n -> new Chained()),
                new Kind("probing", n -> new Probing()),
                new Kind("record", n -> new Slots(new Object[101], new Object[101])),
                new Kind("buckets", n -> new Buckets()));
    }

    private static List<Object> state(Kind kind, int entries, Function<Integer, Object> keys) {
        Table table = kind.maker.apply(entries);
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            all.add(keys.apply(i));
            table.put(all.get(i), new Session("value " + i));
        }
        return new ArrayList<>(List.of(table, all));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void keyedByIdentityRefused(Kind kind) {
        List<Object> state = state(kind, 10, i -> new Session("key " + i));
        assertThatThrownBy(() -> Template.of("state", state, ForkOptions.defaults()))
                .isInstanceOfSatisfying(ForkException.class, e -> {
                    assertThat(e.findings()).hasSize(1);
                    assertThat(e.findings().get(0).kind()).isEqualTo(Finding.Kind.IDENTITY_HASH);
                    assertThat(e.findings().get(0).path()).isEqualTo("state[0]");
                })
                .hasMessageContaining(Session.class.getName());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void withFewKeysRefusedOrDoubted(Kind kind) {
        for (int keys = 1; keys < 4; keys++) {
            ForkAnalysis analysis =
                    ForkAnalysis.of("state", state(kind, keys, i -> new Session("key " + i)), ForkOptions.defaults());
            assertThat(analysis.findings())
                    .extracting(Finding::kind)
                    .as("%s keys", keys)
                    .containsExactly(Finding.Kind.IDENTITY_HASH);
        }
    }

    @Test
    void keyedByContentRight() {
        for (Kind kind : List.of(new Kind("chained", n -> new Chained()), new Kind("buckets", n -> new Buckets()))) {
            List<Object> state = state(kind, 20, i -> "key " + i);
            Template<List<Object>> template = Template.of("state", state, ForkOptions.defaults());
            Table fork = (Table) template.fork().get(0);
            for (int i = 0; i < 20; i++) {
                assertThat(fork.get("key " + i)).as(kind.name).isNotNull();
            }
            assertThat(template.warnings()).isEmpty();
        }
    }

    /** A full array of objects hashed by identity is no hash table, whatever else its class hashes. */
    static final class Ring {
        private final Session[] sessions = new Session[8];
        private int next;

        void add(Session session) {
            sessions[next++ % 8] = session;
        }

        int spread(Object other) {
            return other.hashCode() % 100;
        }

        @Override
        public int hashCode() {
            return sessions[0].hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Ring ring && ring.sessions[0].equals(sessions[0]);
        }
    }

    @Test
    void arraysThatAreNoTablesAreNotSuspected() {
        Ring ring = new Ring();
        for (int i = 0; i < 8; i++) {
            ring.add(new Session("s" + i));
        }
        assertThat(Template.of("state", ring, ForkOptions.defaults()).warnings())
                .isEmpty();
    }
}
