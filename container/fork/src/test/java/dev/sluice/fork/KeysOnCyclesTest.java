package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every hash or sorted collection whose keys lead back to it, by whatever the keys are hashed and compared. */
class KeysOnCyclesTest {
    /** What a member is known by. */
    record Badge(String text, List<Integer> digits) {}

    static final class Member implements Comparable<Member> {
        Object id;
        Club club;
        Member friend;

        @Override
        public int hashCode() {
            return id.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Member member && member.id.equals(id);
        }

        @Override
        public int compareTo(Member other) {
            return id.toString().compareTo(other.id.toString());
        }
    }

    static final class Club {
        int direction = -1;
        Object members;
        Map<Member, Club> nested;
        final Comparator<Member> order = (a, b) -> direction * a.compareTo(b);
    }

    record Kind(String name, Function<Club, Object> maker) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final class OwnMap<K, V> extends HashMap<K, V> {
        @Override
        public V get(Object key) {
            throw new IllegalStateException("run by a fork");
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("HashMap", c -> new HashMap<>()),
            new Kind("LinkedHashMap", c -> new LinkedHashMap<>(16, 0.75f, true)),
            new Kind("Hashtable", c -> new Hashtable<>()),
            new Kind("WeakHashMap", c -> new WeakHashMap<>()),
            new Kind("ConcurrentHashMap", c -> new ConcurrentHashMap<>()),
            new Kind("IdentityHashMap", c -> new IdentityHashMap<>()),
            new Kind("TreeMap", c -> new TreeMap<>()),
            new Kind("TreeMap by state", c -> new TreeMap<>(c.order)),
            new Kind("ConcurrentSkipListMap", c -> new ConcurrentSkipListMap<>(c.order)),
            new Kind("subclass of HashMap", c -> new OwnMap<>()),
            new Kind("subclass of TreeMap", c -> new TreeMap<Member, String>(c.order) {}),
            new Kind("HashSet", c -> new HashSet<>()),
            new Kind("LinkedHashSet", c -> new LinkedHashSet<>()),
            new Kind("TreeSet", c -> new TreeSet<>(c.order)),
            new Kind("ConcurrentSkipListSet", c -> new ConcurrentSkipListSet<>(c.order)),
            new Kind("CopyOnWriteArraySet", c -> new CopyOnWriteArraySet<>()),
            new Kind("PriorityQueue", c -> new PriorityQueue<>(c.order)),
            new Kind("newKeySet", c -> ConcurrentHashMap.newKeySet()),
            new Kind("newSetFromMap by identity", c -> Collections.newSetFromMap(new IdentityHashMap<>())),
            new Kind("newSetFromMap", c -> Collections.newSetFromMap(new ConcurrentHashMap<>())),
            new Kind("newSetFromMap of a TreeMap", c -> Collections.newSetFromMap(new TreeMap<>(c.order))));

    private static final List<Kind> IDS = List.of(
            new Kind("number", c -> 7_000_000 + memberIndex(c)),
            new Kind("string", c -> "m" + memberIndex(c)),
            new Kind("record", c -> new Badge("b" + memberIndex(c), new ArrayList<>(List.of(memberIndex(c))))),
            new Kind("list", c -> new ArrayList<>(List.of("l", memberIndex(c)))));

    /** Members made so far; each gets the next number. */
    private static int memberIndex(Club club) {
        return club.nested.size();
    }

    static Stream<Arguments> cases() {
        return KINDS.stream().flatMap(kind -> IDS.stream()
                .flatMap(id -> Stream.of(false, true).map(b -> Arguments.of(kind, id, b))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areFound(Kind kind, Kind ids, boolean fixed) {
        Club club = new Club();
        club.nested = new HashMap<>();
        club.members = kind.maker.apply(club);
        List<Member> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Member member = new Member();
            member.id = ids.maker.apply(club);
            member.club = club;
            member.friend = i == 0 ? member : all.get(i - 1);
            all.add(member);
            club.nested.put(member, club);
            add(club.members, member);
        }
        if (fixed) {
            // In an immutable set, too, which is in none of the objects above.
            club.members = new Object[] {club.members, Set.copyOf(all), Map.of(all.get(0), club)};
        }
        Club fork = Template.of("club", club, ForkOptions.defaults()).fork();
        List<Object> collections = fixed ? List.of((Object[]) fork.members) : List.of(fork.members, fork.nested);
        assertThat(collections).allSatisfy(made -> {
            Collection<?> members = made instanceof Map<?, ?> map ? map.keySet() : (Collection<?>) made;
            assertThat(members).isNotEmpty().allSatisfy(member -> {
                assertThat(((Member) member).club).isSameAs(fork);
                boolean found = made instanceof Map<?, ?> map ? map.containsKey(member) : members.contains(member);
                assertThat(found).isTrue();
            });
        });
        assertThat(fork.nested).hasSize(5);
    }

    @SuppressWarnings("unchecked")
    private static void add(Object collection, Member member) {
        if (collection instanceof Map<?, ?> map) {
            ((Map<Member, String>) map).put(member, "x");
        } else {
            ((Collection<Member>) collection).add(member);
        }
    }
}
