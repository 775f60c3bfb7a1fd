package dev.sluice.fork;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Random graphs of application objects and collections, with shared references and cycles. */
final class RandomGraph {
    static class Super {
        private long inherited;
        private Object up;
        protected final Object fixed;

        Super(long inherited, Object fixed) {
            this.inherited = inherited;
            this.fixed = fixed;
        }
    }

    static final class Sub extends Super {
        boolean flag;
        byte small;
        char letter;
        double number;
        float half;
        short few;
        int many;
        String text;
        Object left;
        transient Object right;
        final List<Object> list = new ArrayList<>();

        Sub(Random random, Object fixed) {
            super(random.nextLong(), fixed);
            flag = random.nextBoolean();
            small = (byte) random.nextInt();
            letter = (char) random.nextInt();
            number = random.nextDouble();
            half = random.nextFloat();
            few = (short) random.nextInt();
            many = random.nextInt();
            text = "t" + random.nextInt(100);
        }
    }

    record Pair(Object first, int number, Object second) {}

    final class Inner {
        int value;
        Object content;
    }

    private final Random random;
    private final List<Object> all = new ArrayList<>();
    private final List<Sub> open = new ArrayList<>();

    private RandomGraph(long seed) {
        this.random = new Random(seed);
    }

    /** A graph of about so many objects. */
    static Object of(long seed, int size) {
        return new RandomGraph(seed).build(size);
    }

    private Object build(int size) {
        List<Object> root = new ArrayList<>();
        all.add(root);
        while (all.size() < size) {
            all.add(one());
        }
        // Later objects for earlier ones: that is what makes cycles.
        for (Sub sub : open) {
            sub.left = any();
            sub.right = any();
            ((Super) sub).up = any();
            sub.list.add(any());
        }
        root.addAll(all.subList(1, all.size()));
        Collections.shuffle(root, random);
        return root;
    }

    private Object any() {
        return random.nextInt(10) == 0 ? null : all.get(random.nextInt(all.size()));
    }

    private Object one() {
        return switch (random.nextInt(22)) {
            case 0, 1, 2, 3 -> sub();
            case 4, 5 -> new Pair(any(), random.nextInt(), any());
            case 6 -> new ArrayList<>(some());
            case 7 -> new LinkedList<>(some());
            case 8 -> some().toArray();
            case 9 -> new int[] {random.nextInt(), 2};
            case 10 -> filled(new HashMap<>());
            case 11 -> filled(new LinkedHashMap<>());
            case 12 -> filled(new TreeMap<>());
            case 13 -> identity();
            case 14 -> captured();
            case 15 -> new AtomicReference<>(any());
            case 16 -> new AtomicInteger(random.nextInt());
            case 17 -> Optional.ofNullable(any());
            case 18 -> List.of(sub(), "x", sub());
            case 19 -> enumMap();
            case 20 -> inner();
            default -> random.nextBoolean() ? moreMaps() : new StringBuilder("b" + random.nextInt());
        };
    }

    private Sub sub() {
        Sub sub = new Sub(random, any());
        open.add(sub);
        return sub;
    }

    private List<Object> some() {
        List<Object> some = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            some.add(any());
        }
        return some;
    }

    private Map<Object, Object> filled(Map<Object, Object> map) {
        for (int i = random.nextInt(6); i > 0; i--) {
            map.put("k" + random.nextInt(50), any());
        }
        return map;
    }

    /** One entry at most, as the order of more would depend on identity. */
    private Map<Object, Object> identity() {
        Map<Object, Object> map = new IdentityHashMap<>();
        map.put(sub(), any());
        return map;
    }

    private Supplier<Object> captured() {
        Object held = any();
        int[] counter = {random.nextInt()};
        return () -> counter[0]++ < 0 ? held : counter;
    }

    private Map<Thread.State, Object> enumMap() {
        Map<Thread.State, Object> map = new EnumMap<>(Thread.State.class);
        map.put(Thread.State.values()[random.nextInt(6)], any());
        return map;
    }

    private Object inner() {
        Inner inner = new RandomGraph(random.nextLong()).new Inner();
        inner.content = any();
        return inner;
    }

    private Object moreMaps() {
        return switch (random.nextInt(4)) {
            case 0 -> new ConcurrentHashMap<>(Map.of("k", sub()));
            case 1 -> new ConcurrentSkipListMap<>(Map.of("k", sub()));
            case 2 -> new CopyOnWriteArrayList<>(some());
            default -> new ArrayDeque<>(List.of(sub(), sub()));
        };
    }
}
