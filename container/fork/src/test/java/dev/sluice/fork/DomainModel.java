package dev.sluice.fork;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Function;

/**
 * Random domain models: entities of several classes that know each other and their owners, held by sets, maps and queues
 * that hash or compare them, by keys of every kind.
 */
final class DomainModel {
    /** An entity and what it refers to; the subclasses differ in what they are hashed and compared by. */
    abstract static class Entity {
        final int id;
        String name;
        Entity owner;
        Entity peer;
        final List<Entity> members = new ArrayList<>();
        Object first;
        Object second;
        int direction = 1;

        Entity(int id) {
            this.id = id;
            this.name = "entity " + id;
        }
    }

    static final class ById extends Entity implements Comparable<ById> {
        ById(int id) {
            super(id);
        }

        @Override
        public int hashCode() {
            return Integer.hashCode(id);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ById entity && entity.id == id;
        }

        @Override
        public int compareTo(ById other) {
            return Integer.compare(id, other.id);
        }
    }

    static final class ByName extends Entity {
        ByName(int id) {
            super(id);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ByName entity && entity.name.equals(name);
        }
    }

    /** A mutable value object. */
    static final class Code {
        String prefix;
        int number;

        Code(String prefix, int number) {
            this.prefix = prefix;
            this.number = number;
        }

        @Override
        public int hashCode() {
            return Objects.hash(prefix, number);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Code code && code.number == number && code.prefix.equals(prefix);
        }
    }

    static final class ByCode extends Entity {
        final Code code;

        ByCode(int id) {
            super(id);
            code = new Code("c", id);
        }

        @Override
        public int hashCode() {
            return code.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ByCode entity && entity.code.equals(code);
        }
    }

    /** Hashed by its own number and that of its owner. */
    static final class ByOwner extends Entity {
        ByOwner(int id) {
            super(id);
        }

        @Override
        public int hashCode() {
            return 31 * id + (owner == null ? 0 : owner.name.hashCode());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ByOwner entity
                    && entity.id == id
                    && Objects.equals(
                            entity.owner == null ? null : entity.owner.name, owner == null ? null : owner.name);
        }
    }

    static final class ByIdentity extends Entity {
        ByIdentity(int id) {
            super(id);
        }
    }

    record Reference(Entity entity, String label) {}

    record Named(String name, Object content) {}

    record Checked(int id, List<Entity> entities, Object content) {
        Checked {
            if (entities.isEmpty()) {
                throw new IllegalArgumentException("entities: none (expected: at least one)");
            }
        }
    }

    /** With state, one for all forks. */
    enum Level {
        LOW(List.of("low", "cheap")),
        MIDDLE(List.of()),
        HIGH(List.of("high"));

        final List<String> names;
        int uses;

        Level(List<String> names) {
            this.names = names;
        }
    }

    /** A cache that drops its eldest entry. */
    static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private final int most;

        Recent(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }

    final List<Entity> entities = new ArrayList<>();
    private final Random random;

    private DomainModel(long seed) {
        random = new Random(seed);
    }

    /** The root of a model with between 3 and 300 entities, most of them few. */
    static Entity of(long seed) {
        DomainModel model = new DomainModel(seed);
        int size = 3 + model.random.nextInt(model.random.nextInt(20) == 0 ? 298 : 30);
        return model.build(size);
    }

    private Entity build(int size) {
        for (int id = 0; id < size; id++) {
            entities.add(entity(id));
        }
        // First what entities are hashed by, then what hashes them.
        for (Entity entity : entities) {
            entity.owner = entities.get(random.nextInt(entity.id + 1));
            entity.peer = any();
            if (random.nextBoolean()) {
                entity.direction = -1;
            }
            entity.members.addAll(some());
        }
        for (Entity entity : entities) {
            entity.first = random.nextInt(3) == 0 ? null : holder(entity);
            entity.second = random.nextInt(3) == 0 ? null : holder(entity);
        }
        Entity root = entities.get(0);
        root.members.clear();
        root.members.addAll(entities);
        java.util.Collections.shuffle(root.members, random);
        return root;
    }

    private Entity entity(int id) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> new ById(id);
            case 2 -> new ByName(id);
            case 3 -> new ByCode(id);
            case 4 -> new ByOwner(id);
            default -> new ByIdentity(id);
        };
    }

    private Entity any() {
        return entities.get(random.nextInt(entities.size()));
    }

    private List<Entity> some() {
        List<Entity> some = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            some.add(any());
        }
        return some;
    }

    private Object holder(Entity holder) {
        return switch (random.nextInt(28)) {
            case 0, 1 -> new HashSet<>(some());
            case 2 -> new LinkedHashSet<>(some());
            case 3, 4 -> filled(new HashMap<>(), this::any);
            case 5 -> filled(new LinkedHashMap<>(), this::any);
            case 6 -> filled(new ConcurrentHashMap<>(), this::any);
            case 7 -> filled(new Hashtable<>(), this::any);
            case 8 -> filled(new IdentityHashMap<>(), this::any);
            case 9 -> filled(new TreeMap<>(Comparator.comparingInt((Entity e) -> e.id)), this::any);
            case 10 -> filled(new TreeMap<>(directed(holder)), this::any);
            case 11 -> filled(new ConcurrentSkipListMap<>(directed(holder)), this::any);
            case 12 -> added(new TreeSet<>(directed(holder)));
            case 13 -> added(new PriorityQueue<>(directed(holder)));
            case 14 -> filled(new TreeMap<String, Object>((a, b) -> holder.direction * a.compareTo(b)), this::text);
            case 15 -> filled(new HashMap<>(), () -> new Reference(any(), text()));
            case 16 -> filled(new HashMap<>(), () -> new Code(text(), random.nextInt(5)));
            case 17 -> filled(new HashMap<>(), () -> new HashSet<>(some()));
            case 18 -> filled(new LinkedHashMap<>(), () -> List.copyOf(some()));
            case 19 ->
                filled(
                        even(holder, new EnumMap<>(Level.class), new HashMap<>()),
                        () -> Level.values()[random.nextInt(3)]);
            case 20 -> Set.copyOf(some());
            case 21 -> Map.copyOf(filled(new HashMap<Object, Object>(), this::any));
            case 22 -> added(java.util.Collections.newSetFromMap(new TreeMap<>(directed(holder))));
            case 23 -> new Checked(random.nextInt(), List.of(holder, any()), new HashSet<>(some()));
            case 24 -> new Checked(random.nextInt(), new ArrayList<>(List.of(holder, any())), null);
            case 25 -> new CopyOnWriteArraySet<>(some());
            case 26 -> filled(new Recent<>(4), this::any);
            default -> holder.id % 2 == 0 ? filled(new TreeMap<>(), this::text) : byNumber(holder);
        };
    }

    private static <T> T even(Entity holder, T even, T odd) {
        return holder.id % 2 == 0 ? even : odd;
    }

    private Map<Integer, Object> byNumber(Entity holder) {
        return filled(holder.direction > 0 ? new HashMap<>() : new ConcurrentHashMap<>(), () -> random.nextInt(40));
    }

    private String text() {
        return "text " + random.nextInt(40);
    }

    private static Comparator<Entity> directed(Entity holder) {
        return (a, b) -> holder.direction * Integer.compare(a.id, b.id);
    }

    private <T extends Collection<Entity>> T added(T collection) {
        collection.addAll(some());
        return collection;
    }

    private <K> Map<K, Object> filled(Map<K, Object> map, java.util.function.Supplier<? extends K> keys) {
        for (int i = random.nextInt(6); i > 0; i--) {
            map.put(keys.get(), value());
        }
        return map;
    }

    private Object value() {
        return switch (random.nextInt(5)) {
            case 0 -> text();
            case 1 -> new Named(text(), any());
            case 2 -> new ArrayList<>(some());
            case 3 -> random.nextInt();
            default -> any();
        };
    }

    /** What identifies an object of a model: equal for an object and its copy. */
    static final Function<Object, String> TAG = DomainModel::tag;

    private static String tag(Object object) {
        if (object instanceof Entity entity) {
            return entity.getClass().getSimpleName() + entity.id;
        }
        if (object instanceof Reference reference) {
            return tag(reference.entity) + " " + reference.label;
        }
        if (object instanceof Code code) {
            return code.prefix + code.number;
        }
        if (object instanceof Collection<?> collection) {
            List<String> tags = collection.stream().map(TAG).collect(java.util.stream.Collectors.toList());
            if (!(collection instanceof List<?>)) {
                java.util.Collections.sort(tags);
            }
            return tags.toString();
        }
        return String.valueOf(object);
    }
}
