package dev.sluice.fork;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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

    /** A value object. */
    record Code(String text, int number) {}

    /** An entity: hashed and compared by its number, whatever it leads to. */
    static final class Entity implements Comparable<Entity> {
        final int id;
        Object owner;
        final List<Object> parts = new ArrayList<>();

        Entity(int id) {
            this.id = id;
        }

        @Override
        public int hashCode() {
            return id;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Entity entity && entity.id == id;
        }

        @Override
        public int compareTo(Entity other) {
            return Integer.compare(id, other.id);
        }
    }

    final class Inner {
        int value;
        Object content;
    }

    private final Random random;
    private final List<Object> all = new ArrayList<>();
    private final List<Sub> open = new ArrayList<>();
    private final List<Entity> entities = new ArrayList<>();

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
        for (Entity entity : entities) {
            entity.owner = any();
            entity.parts.add(any());
        }
        root.addAll(all.subList(1, all.size()));
        Collections.shuffle(root, random);
        return root;
    }

    private Object any() {
        return random.nextInt(10) == 0 ? null : all.get(random.nextInt(all.size()));
    }

    private Object one() {
        return switch (random.nextInt(28)) {
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
            case 21, 22 -> entity();
            case 23, 24 -> keyed(random.nextBoolean() ? new LinkedHashMap<>() : new HashMap<>());
            case 25 -> sorted(new TreeMap<>(byId()));
            case 26 -> elements();
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

    private Entity entity() {
        Entity entity = new Entity(random.nextInt());
        entities.add(entity);
        return entity;
    }

    private Comparator<Entity> byId() {
        int[] direction = {random.nextBoolean() ? 1 : -1};
        return (a, b) -> direction[0] * a.compareTo(b);
    }

    private Map<Entity, Object> sorted(Map<Entity, Object> map) {
        for (int i = random.nextInt(6); i > 0; i--) {
            map.put(entity(), any());
        }
        return map;
    }

    /** Keys of every kind, no two alike: their order is a matter of their content, or of identity. */
    private Map<Object, Object> keyed(Map<Object, Object> map) {
        int entries = map instanceof LinkedHashMap<?, ?> ? random.nextInt(8) : 1;
        for (int i = 0; i < entries; i++) {
            map.put(key(3), any());
        }
        return map;
    }

    private Object key(int depth) {
        int number = random.nextInt();
        return switch (random.nextInt(depth == 0 ? 9 : 14)) {
            case 0 -> "s" + number;
            case 1 -> number;
            case 2 -> (long) number;
            case 3 -> number / 3.0;
            case 4 -> new BigDecimal(number).movePointLeft(2);
            case 5 -> new Code("c" + number, number);
            case 6 -> Thread.State.values()[Math.floorMod(number, 6)];
            case 7 -> entity();
            case 8 -> random.nextBoolean() ? new int[] {number} : sub();
            case 9 -> new ArrayList<>(List.of(key(depth - 1), number));
            case 10 -> new Pair(key(depth - 1), number, key(depth - 1));
            case 11 -> new HashSet<>(List.of(key(depth - 1)));
            case 12 -> new LinkedHashMap<>(Map.of(key(depth - 1), key(depth - 1)));
            default -> Optional.of(key(depth - 1));
        };
    }

    private Collection<Object> elements() {
        Collection<Object> elements = random.nextBoolean() ? new LinkedHashSet<>() : new HashSet<>();
        for (int i = elements instanceof LinkedHashSet<?> ? random.nextInt(6) : 1; i > 0; i--) {
            elements.add(key(3));
        }
        return elements.size() == 1 && random.nextInt(4) == 0 ? Set.copyOf(elements) : elements;
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
