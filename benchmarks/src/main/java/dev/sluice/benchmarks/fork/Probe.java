package dev.sluice.benchmarks.fork;

import java.io.ByteArrayInputStream;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a copier can get wrong.
 *
 * @param title as the table shows it
 * @param refusal whether refusing is the right answer, because a copy has no meaning
 * @param root makes what is copied
 * @param check says what is wrong with a copy, or null when it is right; gets the original and the copy
 */
record Probe(String title, boolean refusal, Supplier<Object> root, BiFunction<Object, Object, @Nullable String> check) {
    private static final String SHARED = "SHARED with the original";

    /** A record with a mutable component. */
    record Weights(int[] values) implements Serializable {}

    /** A supplier that can be serialized. */
    interface SerializableCount extends IntSupplier, Serializable {}

    /** A key hashed by identity. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1;

        int used;
    }

    /** A map beside one of its keys. */
    static final class Keyed implements Serializable {
        private static final long serialVersionUID = 1;

        final Key key;
        final Map<Key, String> map;

        Keyed(Key key, Map<Key, String> map) {
            this.key = key;
            this.map = map;
        }
    }

    /** A list without collections. */
    static final class Link implements Serializable {
        private static final long serialVersionUID = 1;

        @Nullable
        Link next;
    }

    /** A bounded cache. */
    static final class Bounded extends LinkedHashMap<String, int[]> {
        private static final long serialVersionUID = 1;

        private final int limit;

        Bounded(int limit) {
            super(16, 0.75f, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, int[]> eldest) {
            return size() > limit;
        }
    }

    static List<Probe> all() {
        List<Probe> all = new ArrayList<>();
        state(all);
        collections(all);
        refusals(all);
        return all;
    }

    private static void right(
            List<Probe> all, String title, Supplier<Object> root, BiFunction<Object, Object, @Nullable String> check) {
        all.add(new Probe(title, false, root, check));
    }

    private static void state(List<Probe> all) {
        right(
                all,
                "record with a mutable array",
                () -> new Weights(new int[] {1}),
                (a, b) -> ((Weights) a).values() == ((Weights) b).values() ? SHARED : null);
        right(all, "lambda that captures state", () -> counter(new int[1]), Probe::counts);
        right(all, "the same, serializable", () -> serializableCounter(new int[1]), Probe::counts);
        right(
                all,
                "AtomicInteger",
                () -> new AtomicInteger(1),
                (a, b) -> ((AtomicInteger) b).incrementAndGet() == 2 && ((AtomicInteger) a).get() == 1 ? null : SHARED);
        right(
                all,
                "Random",
                () -> new Random(1),
                (a, b) -> ((Random) a).nextInt() == ((Random) b).nextInt() ? null : "another sequence");
        right(all, "linked list of 20,000", Probe::links, (a, b) -> length(a) == length(b) ? null : "cut");
        right(
                all,
                "ReentrantLock, not held (private or shared)",
                ReentrantLock::new,
                (a, b) -> ((ReentrantLock) b).tryLock() ? null : "locked");
    }

    private static void collections(List<Probe> all) {
        right(all, "IdentityHashMap, mutable keys", () -> keyed(new IdentityHashMap<>()), Probe::found);
        right(all, "HashMap, keys hashed by identity", () -> keyed(new HashMap<>()), Probe::found);
        right(all, "EnumMap", Probe::enumMap, (a, b) -> value(a) == value(b) ? SHARED : null);
        right(
                all,
                "List.of mutable elements",
                () -> List.of(new int[1], new int[1], new int[1]),
                (a, b) -> ((List<?>) a).get(0) == ((List<?>) b).get(0) ? SHARED : null);
        right(
                all,
                "unmodifiable view beside its list",
                Probe::viewed,
                (a, b) -> a == b || ((List<?>) a).get(0) == ((List<?>) b).get(0) ? SHARED : connected((List<?>) b));
        right(all, "bounded cache (subclass of LinkedHashMap)", Probe::bounded, Probe::stillBounded);
        right(
                all,
                "synchronizedMap of mutable values",
                () -> {
                    Map<String, Object> map = Collections.synchronizedMap(new HashMap<>());
                    map.put("a", new int[1]);
                    return map;
                },
                (a, b) -> ((Map<?, ?>) a).get("a") == ((Map<?, ?>) b).get("a") ? SHARED : null);
    }

    private static void refusals(List<Probe> all) {
        refuse(all, "ThreadLocal", ThreadLocal::new);
        refuse(all, "WeakReference", () -> new WeakReference<>("x"));
        refuse(
                all,
                "dynamic proxy",
                () -> Proxy.newProxyInstance(
                        Probe.class.getClassLoader(), new Class<?>[] {Runnable.class}, (p, m, args) -> null));
        refuse(all, "Thread", () -> new Thread(() -> {}));
        refuse(all, "input stream", () -> new ByteArrayInputStream(new byte[] {1}));
        refuse(all, "iterator", () -> new ArrayList<>(List.of(1, 2)).iterator());
        refuse(all, "stream of elements", () -> List.of(1, 2).stream());
        refuse(all, "ReentrantLock, held", () -> {
            ReentrantLock lock = new ReentrantLock();
            lock.lock();
            return lock;
        });
    }

    private static void refuse(List<Probe> all, String title, Supplier<Object> root) {
        all.add(new Probe(title, true, () -> new ArrayList<>(List.of(root.get())), (a, b) -> null));
    }

    private static IntSupplier counter(int[] count) {
        return () -> ++count[0];
    }

    private static SerializableCount serializableCounter(int[] count) {
        return () -> ++count[0];
    }

    private static @Nullable String counts(Object a, Object b) {
        boolean counted = ((IntSupplier) b).getAsInt() == 1;
        return counted && ((IntSupplier) a).getAsInt() == 1 ? null : SHARED;
    }

    private static Object links() {
        Link first = new Link();
        Link last = first;
        for (int i = 1; i < 20_000; i++) {
            last.next = new Link();
            last = last.next;
        }
        return first;
    }

    private static int length(Object first) {
        int length = 0;
        for (Link link = (Link) first; link != null; link = link.next) {
            length++;
        }
        return length;
    }

    private static Object keyed(Map<Key, String> map) {
        Key key = new Key();
        map.put(key, "found");
        return new Keyed(key, map);
    }

    private static @Nullable String found(Object a, Object b) {
        Keyed copy = (Keyed) b;
        if (copy.key == ((Keyed) a).key) {
            return SHARED;
        }
        return "found".equals(copy.map.get(copy.key)) ? null : "look-ups BROKEN";
    }

    private static Object enumMap() {
        Map<Thread.State, Object> map = new EnumMap<>(Thread.State.class);
        map.put(Thread.State.NEW, new int[1]);
        return map;
    }

    private static Object value(Object map) {
        return java.util.Objects.requireNonNull(((Map<?, ?>) map).get(Thread.State.NEW));
    }

    private static Object viewed() {
        List<String> list = new ArrayList<>();
        return new ArrayList<>(List.of(list, Collections.unmodifiableList(list)));
    }

    @SuppressWarnings("unchecked")
    private static @Nullable String connected(List<?> both) {
        ((List<String>) both.get(0)).add("x");
        return ((List<?>) both.get(1)).size() == 1 ? null : "view DETACHED from its list";
    }

    private static Object bounded() {
        Bounded cache = new Bounded(2);
        cache.put("a", new int[1]);
        cache.put("b", new int[1]);
        return cache;
    }

    private static @Nullable String stillBounded(Object a, Object b) {
        Bounded cache = (Bounded) b;
        if (cache.get("a") == ((Bounded) a).get("a")) {
            return SHARED;
        }
        cache.put("c", new int[1]);
        return List.copyOf(cache.keySet()).equals(List.of("a", "c")) ? null : "not BOUNDED: " + cache.keySet();
    }
}
