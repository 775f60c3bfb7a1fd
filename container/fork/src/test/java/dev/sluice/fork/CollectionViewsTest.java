package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Views of a list or a map are views of the fork's list or map, where {@code java.util} is open, and refused where it is not. */
class CollectionViewsTest {
    private static final boolean OPEN = open("java.util");

    private static boolean open(String name) {
        return List.class.getModule().isOpen(name, CollectionViewsTest.class.getModule());
    }

    private static <T> T fork(T root) {
        return Template.of("state", root, ForkOptions.defaults()).fork();
    }

    private static void refused(Object root) {
        refused(root, "java.util=ALL-UNNAMED as bin/sluice does, or keep");
    }

    private static void refused(Object root, String advice) {
        assertThatThrownBy(() -> fork(root))
                .hasMessageContaining("a view of a collection that cannot be seen")
                .hasMessageContaining("--add-opens java.base/" + advice);
    }

    static List<List<String>> lists() {
        List<String> abcd = List.of("a", "b", "c", "d");
        return List.of(new ArrayList<>(abcd), new LinkedList<>(abcd));
    }

    @Test
    void subListOfAListThatCopiesOnWrite() {
        List<String> list = new CopyOnWriteArrayList<>(List.of("a", "b", "c"));
        List<List<String>> root = new ArrayList<>(List.of(list, list.subList(1, 3)));
        if (!open("java.util.concurrent")) {
            refused(root, "java.util.concurrent=ALL-UNNAMED, or keep");
            return;
        }
        List<List<String>> fork = fork(root);
        fork.get(1).set(0, "changed");
        assertThat(fork.get(0)).containsExactly("a", "changed", "c");
        assertThat(list).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @MethodSource("lists")
    void subListsOfSubLists(List<String> list) {
        List<String> middle = list.subList(1, 4);
        List<String> inner = middle.subList(1, 2);
        List<List<String>> root = new ArrayList<>(List.of(inner, list, middle));
        if (!OPEN) {
            refused(root);
            return;
        }
        List<List<String>> fork = fork(root);
        assertThat(fork.get(0)).containsExactly("c");
        fork.get(0).set(0, "changed");
        assertThat(fork.get(1)).containsExactly("a", "b", "changed", "d");
        assertThat(fork.get(2)).containsExactly("b", "changed", "d");
        assertThat(list).containsExactly("a", "b", "c", "d");
    }

    static final class Chapter {
        final List<Object> all = new ArrayList<>();
        List<Object> first = List.of();
    }

    @Test
    void aSubListOfAListThatLeadsBackToIt() {
        Chapter chapter = new Chapter();
        chapter.all.addAll(List.of(chapter, "b"));
        chapter.first = chapter.all.subList(0, 1);
        if (!OPEN) {
            refused(chapter);
            return;
        }
        Chapter fork = fork(chapter);
        assertThat(fork.first).singleElement().isSameAs(fork);
        fork.first.clear();
        assertThat(fork.all).containsExactly("b");
        assertThat(chapter.all).hasSize(2);
    }

    static List<Map<String, int[]>> maps() {
        return List.of(new HashMap<>(), new LinkedHashMap<>(), new TreeMap<>(), new ConcurrentHashMap<>());
    }

    @ParameterizedTest
    @MethodSource("maps")
    void viewsOfMaps(Map<String, int[]> map) {
        map.put("k", new int[] {1});
        List<Object> root = new ArrayList<>(List.of(map.values(), map.entrySet(), map));
        if (!OPEN && !(map instanceof ConcurrentHashMap)) {
            refused(root);
            return;
        }
        root.add(map.keySet());
        List<Object> fork = fork(root);
        @SuppressWarnings("unchecked")
        Map<String, int[]> forked = (Map<String, int[]>) fork.get(2);
        forked.put("l", new int[] {2});
        assertThat((Collection<?>) fork.get(0)).hasSize(2);
        assertThat((Collection<?>) fork.get(1)).hasSize(2);
        ((Collection<?>) fork.get(3)).remove("k");
        assertThat(forked).containsOnlyKeys("l");
        assertThat(map).containsOnlyKeys("k");
    }

    @Test
    void aKeySetThatIsItselfAKey() {
        Map<List<String>, String> map = new HashMap<>();
        map.put(new ArrayList<>(List.of("a")), "x");
        List<Object> root = new ArrayList<>(List.of(new HashSet<>(List.of(map.keySet()))));
        if (!OPEN) {
            refused(root);
            return;
        }
        HashSet<?> fork = (HashSet<?>) fork(root).get(0);
        assertThat(fork.contains(map.keySet())).isTrue();
    }
}
