package dev.sluice.fork.shape;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an application class inherits from a collection of the JDK: how to run the constructor of that collection alone on a new
 * object of the class, and its own methods, whether the class overrides them or not.
 */
public final class Inherited {
    private static final Object[] NONE = {};

    /** Which constructor to run, with what, and which method adds an element without calling another that may be overridden. */
    private record Recipe(
            Class<?>[] parameters, BiFunction<Object, @Nullable Object, Object[]> arguments, String adds) {}

    private static final Map<Class<?>, Recipe> RECIPES = Map.ofEntries(
            list(java.util.ArrayList.class, "add"),
            list(java.util.LinkedList.class, "add"),
            list(java.util.Vector.class, "add"),
            list(java.util.Stack.class, "add"),
            list(java.util.ArrayDeque.class, "addLast"),
            list(java.util.HashSet.class, "add"),
            list(java.util.LinkedHashSet.class, "add"),
            list(java.util.concurrent.CopyOnWriteArrayList.class, "add"),
            list(java.util.concurrent.CopyOnWriteArraySet.class, "add"),
            list(java.util.concurrent.ConcurrentLinkedQueue.class, "offer"),
            list(java.util.concurrent.ConcurrentLinkedDeque.class, "offerLast"),
            sorted(java.util.TreeSet.class, "add"),
            sorted(java.util.PriorityQueue.class, "offer"),
            sorted(java.util.concurrent.ConcurrentSkipListSet.class, "add"),
            list(java.util.HashMap.class, "put"),
            Map.entry(
                    java.util.LinkedHashMap.class,
                    new Recipe(
                            new Class<?>[] {int.class, float.class, boolean.class},
                            (map, none) -> new Object[] {16, 0.75f, HashMapShape.accessOrdered(MapShape.map(map))},
                            "put")),
            list(java.util.Hashtable.class, "put"),
            list(java.util.WeakHashMap.class, "put"),
            list(java.util.IdentityHashMap.class, "put"),
            list(java.util.concurrent.ConcurrentHashMap.class, "put"),
            sorted(java.util.TreeMap.class, "put"),
            sorted(java.util.concurrent.ConcurrentSkipListMap.class, "put"),
            Map.entry(
                    Properties.class,
                    new Recipe(new Class<?>[] {Properties.class}, (map, defaults) -> new Object[] {defaults}, "put")));

    private final boolean map;
    private final Recipe recipe;
    private final MethodHandle constructor;
    private final MethodHandle reads;
    private final MethodHandle adds;
    private final MethodHandle finds;
    private final @Nullable MethodHandle addsSorted;
    private final @Nullable MethodHandle clones;
    private final @Nullable MethodHandle entries;

    private Inherited(Class<?> type, Class<?> above, Recipe recipe) throws ReflectiveOperationException {
        this.map = Map.class.isAssignableFrom(above);
        this.recipe = recipe;
        Constructor<?> initializer = above.getDeclaredConstructor(recipe.parameters);
        this.constructor = Allocation.initialized(type, initializer);
        MethodHandles.Lookup inside = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        if (map) {
            this.reads = special(inside, above, "forEach", type, void.class, java.util.function.BiConsumer.class);
            this.adds = special(inside, above, recipe.adds, type, Object.class, Object.class, Object.class);
            this.finds = special(inside, above, "containsKey", type, boolean.class, Object.class);
        } else {
            boolean set = java.util.Set.class.isAssignableFrom(above)
                    && above != java.util.concurrent.CopyOnWriteArraySet.class;
            this.reads = set
                    ? special(inside, above, "iterator", type, java.util.Iterator.class)
                    : special(inside, above, "toArray", type, Object[].class);
            Class<?> result = recipe.adds.equals("addLast") ? void.class : boolean.class;
            this.adds = special(inside, above, recipe.adds, type, result, Object.class);
            this.finds = special(inside, above, "contains", type, boolean.class, Object.class);
        }
        this.addsSorted = addsSorted(inside, type, above);
        this.clones = evicting(type, above) ? special(inside, above, "clone", type, Object.class) : null;
        this.entries = clones == null ? null : special(inside, above, "entrySet", type, java.util.Set.class);
    }

    /** What objects of this class inherit from that collection, or null when it is not one that can be made. */
    static @Nullable Inherited of(Class<?> type, Class<?> above) {
        Recipe recipe = RECIPES.get(above);
        if (recipe == null) {
            return null;
        }
        try {
            return new Inherited(type, above, recipe);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no access to the methods that " + type.getName() + " inherits", e);
        }
    }

    static boolean known(Class<?> above) {
        return RECIPES.containsKey(above);
    }

    private static Map.Entry<Class<?>, Recipe> list(Class<?> type, String adds) {
        return Map.entry(type, new Recipe(new Class<?>[0], (o, none) -> NONE, adds));
    }

    private static Map.Entry<Class<?>, Recipe> sorted(Class<?> type, String adds) {
        return Map.entry(
                type,
                new Recipe(new Class<?>[] {Comparator.class}, (o, comparator) -> new Object[] {comparator}, adds));
    }

    private static MethodHandle special(
            MethodHandles.Lookup inside, Class<?> above, String name, Class<?> type, Class<?> result, Class<?>... more)
            throws ReflectiveOperationException {
        MethodHandle handle = inside.findSpecial(above, name, MethodType.methodType(result, more), type);
        return handle.asType(handle.type().changeParameterType(0, Object.class));
    }

    private static @Nullable MethodHandle addsSorted(MethodHandles.Lookup inside, Class<?> type, Class<?> above)
            throws ReflectiveOperationException {
        if (above == java.util.TreeMap.class) {
            return special(inside, above, "putAll", type, void.class, Map.class);
        }
        return above == java.util.TreeSet.class
                ? special(inside, above, "addAll", type, boolean.class, Collection.class)
                : null;
    }

    /** Whether adding an entry runs {@code removeEldestEntry} of the application. */
    private static boolean evicting(Class<?> type, Class<?> above) {
        for (Class<?> c = type; above == java.util.LinkedHashMap.class && c != above; c = c.getSuperclass()) {
            for (java.lang.reflect.Method method : c.getDeclaredMethods()) {
                if (method.getName().equals("removeEldestEntry")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A new object with an empty collection, its own fields null, zero or false. */
    Object empty(Object pristine, @Nullable Object header) throws Throwable {
        return (Object) constructor.invokeExact(recipe.arguments.apply(pristine, header));
    }

    /** The object with its content, made without adding entries one by one; null when that is not needed. */
    @Nullable
    Object whole(Object pristine) throws Throwable {
        return clones == null ? null : (Object) clones.invokeExact(pristine);
    }

    boolean clones() {
        return clones != null;
    }

    /** The entries of a map that was made whole, to replace their values. */
    @SuppressWarnings("unchecked")
    java.util.Set<Map.Entry<Object, Object>> entries(Object object) throws Throwable {
        return (java.util.Set<Map.Entry<Object, Object>>)
                java.util.Objects.requireNonNull(entries).invoke(object);
    }

    /** Elements; or keys and values in turn. */
    Object[] content(Object object) {
        try {
            if (map) {
                java.util.List<Object> all = new java.util.ArrayList<>();
                java.util.function.BiConsumer<Object, Object> collector = (key, value) -> {
                    all.add(key);
                    all.add(value);
                };
                reads.invoke(object, collector);
                return all.toArray();
            }
            Object read = reads.invoke(object);
            if (read instanceof Object[] array) {
                return array;
            }
            java.util.List<Object> all = new java.util.ArrayList<>();
            ((java.util.Iterator<?>) read).forEachRemaining(all::add);
            return all.toArray();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    void fill(Object target, Object[] parts, int from, @Nullable Object comparator) throws Throwable {
        if (addsSorted != null) {
            Object all = map ? SortedParts.map(parts, from, comparator) : SortedParts.set(parts, from, comparator);
            addsSorted.invoke(target, all);
        } else if (map) {
            for (int i = from; i < parts.length; i += 2) {
                adds.invoke(target, parts[i], parts[i + 1]);
            }
        } else {
            for (int i = from; i < parts.length; i++) {
                adds.invoke(target, parts[i]);
            }
        }
    }

    boolean finds(Object object, Object key) {
        try {
            return (boolean) finds.invoke(object, key);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
