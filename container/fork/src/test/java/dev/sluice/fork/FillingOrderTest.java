package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.fork.report.ForkException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Collections that hash or compare are filled when their keys, and what these are hashed by, are complete. */
class FillingOrderTest {
    private static <T> T fork(T root) {
        return Template.of("state", root, ForkOptions.defaults()).fork();
    }

    static final class Company {
        final Set<Employee> staff = new HashSet<>();
        final Map<Employee, String> phone = new HashMap<>();
        final TreeMap<Employee, String> byId = new TreeMap<>(Comparator.comparingInt(e -> e.id));
    }

    static final class Employee {
        int id;
        Company company;
        Desk desk;

        @Override
        public int hashCode() {
            return id;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Employee employee && employee.id == id;
        }
    }

    static final class Desk {
        Employee owner;
        Room room;
    }

    static final class Room {
        final List<Desk> desks = new ArrayList<>();
    }

    @Test
    void employeesThatKnowTheirCompany() {
        Company company = new Company();
        Room room = new Room();
        for (int id = 1; id <= 3; id++) {
            Employee employee = new Employee();
            employee.id = id;
            employee.company = company;
            employee.desk = new Desk();
            employee.desk.owner = employee;
            employee.desk.room = room;
            room.desks.add(employee.desk);
            company.staff.add(employee);
            company.phone.put(employee, "0" + id);
            company.byId.put(employee, "n" + id);
        }
        Company fork = fork(company);
        assertThat(fork.staff).hasSize(3);
        for (Employee employee : fork.staff) {
            assertThat(fork.staff).contains(employee);
            assertThat(fork.phone.get(employee)).isEqualTo("0" + employee.id);
            assertThat(fork.byId.get(employee)).isEqualTo("n" + employee.id);
            assertThat(employee.desk.room.desks).contains(employee.desk);
            assertThat(employee.company).isSameAs(fork);
        }
    }

    static final class Sorted {
        int direction = 1;
        final Map<String, Integer> rank = new HashMap<>(Map.of("c", 1, "a", 2, "b", 3));
        final Map<String, String> byDirection = new TreeMap<>((a, b) -> direction * a.compareTo(b));
        final Map<String, String> byRank = new TreeMap<>((a, b) -> rank.get(a).compareTo(rank.get(b)));
    }

    @Test
    void comparatorsThatReadTheObjectThatHoldsThem() {
        Sorted sorted = new Sorted();
        for (String key : List.of("a", "b", "c")) {
            sorted.byDirection.put(key, key);
            sorted.byRank.put(key, key);
        }
        Sorted fork = fork(sorted);
        assertThat(fork.byDirection).containsOnlyKeys("a", "b", "c").containsEntry("b", "b");
        assertThat(fork.byRank.keySet()).containsExactly("c", "a", "b");
        fork.rank.put("z", 0);
        fork.byRank.put("z", "z");
        assertThat(fork.byRank.keySet()).containsExactly("z", "c", "a", "b");
        assertThat(sorted.rank).doesNotContainKey("z");
    }

    static final class Wide {
        final Set<Object> inner = new HashSet<>();
        final Map<Set<Object>, Wide> outer = new HashMap<>();
    }

    @Test
    void setsAreFilledBeforeTheMapsWhoseKeysTheyAre() {
        Wide wide = new Wide();
        Employee employee = new Employee();
        employee.id = 7;
        wide.inner.add(employee);
        wide.inner.add(new Object[] {wide});
        wide.outer.put(wide.inner, wide);
        Wide fork = fork(wide);
        assertThat(fork.outer.get(fork.inner)).isSameAs(fork);
    }

    static final class Zero {
        Wide back;

        @Override
        public int hashCode() {
            return 0;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Zero;
        }
    }

    @Test
    void keysThatHashLikeThemselvesBeforeTheyAreFilled() {
        Wide wide = new Wide();
        Zero zero = new Zero();
        zero.back = wide;
        wide.inner.add(zero);
        wide.outer.put(wide.inner, wide);
        wide.outer.put(new HashSet<>(), null);
        Wide fork = fork(wide);
        assertThat(fork.outer).hasSize(2);
        assertThat(fork.outer.get(fork.inner)).isSameAs(fork);
    }

    static final class Ouroboros {
        final Set<Ouroboros> all = new HashSet<>();
        int salt;

        @Override
        public int hashCode() {
            return salt + all.size();
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }

    @Test
    void aKeyHashedByTheVerySetThatItIsInIsRefusedByName() {
        Ouroboros one = new Ouroboros();
        one.salt = 40;
        one.all.add(one);
        one.salt--;
        assertThat(one.all).contains(one);
        assertThatThrownBy(() -> fork(one))
                .isInstanceOf(ForkException.class)
                .hasMessageContaining("state.all -> java.util.HashSet")
                .hasMessageContaining("not found");
    }
}
