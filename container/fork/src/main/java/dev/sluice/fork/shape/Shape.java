package dev.sluice.fork.shape;

import org.jspecify.annotations.Nullable;

/**
 * How the objects of one class are taken apart and put together again.
 *
 * <p>The parts of an object are the references that it holds, in a fixed order; its primitive content is taken from the
 * pristine object itself. An object with {@link #allocatable()} can exist before its parts do, which is what breaks
 * cycles; any other is created when all its parts exist.
 */
public abstract non-sealed class Shape implements Verdict {
    /** Size of an object header, and of a reference, with compressed references. */
    static final int HEADER = 12;

    static final int REFERENCE = 4;

    public final Class<?> type;

    public Shape(Class<?> type) {
        this.type = type;
    }

    /** Whether it must be rebuilt even if everything it refers to is immutable. */
    public abstract boolean mutable();

    public abstract Object[] parts(Object object);

    /** How a path names a part: {@code .field}, {@code [3]}. */
    public abstract String label(Object[] parts, int index);

    /** Estimated size in bytes, without its parts. */
    public abstract long size(Object object, Object[] parts);

    /** What an empty collection needs, its comparator for example; only if there is a {@link #head()}. */
    @Nullable
    Object header(Object object) {
        throw new IllegalStateException(type.getName() + " needs nothing to be made");
    }

    /** Whether that part is shared whatever it is. */
    public boolean sharedPart(int index) {
        return false;
    }

    /** How the primitive content of a fork's object differs from that of the template; null when it does not. */
    @Nullable
    public String difference(Object template, Object fork) {
        return null;
    }

    /** The first part whose place says nothing, as in hash tables; negative when all are in order. */
    public int unorderedFrom() {
        return -1;
    }

    /** Whether each element should be found when the object is asked for it. */
    public boolean searchable() {
        return false;
    }

    /** The first part that is an element. */
    public int keysFrom() {
        return head();
    }

    /** Whether the object says that it holds this element. */
    public boolean finds(Object object, Object key) {
        return object instanceof java.util.Map<?, ?> map
                ? map.containsKey(key)
                : object instanceof java.util.Collection<?> collection && collection.contains(key);
    }

    /** How many of the first parts must exist before {@link #allocate}. */
    public int head() {
        return 0;
    }

    /** What making or filling an object does with the parts that it looks into. */
    public enum Look {
        NOTHING,
        /** Asks them for their hash, and whether they are equal. */
        HASH,
        /** Compares each with others. */
        COMPARE,
        /** Gives them to a constructor of the application. */
        CONSTRUCT
    }

    public Look looks() {
        return Look.NOTHING;
    }

    /** Whether making or filling the object depends on the content of this part. */
    public boolean looksInto(int index) {
        return false;
    }

    /** How many parts there are for each element: two when keys and values alternate. */
    public int stride() {
        return 1;
    }

    /** Whether filling it twice, the first time with nulls for some parts, is like filling it once. */
    public boolean refillable() {
        return false;
    }

    /** Whether it can be made before its parts (except {@link #head()}) exist. */
    public boolean allocatable() {
        return true;
    }

    /** The object without its parts; only the first {@link #head()} parts may be used. */
    public abstract Object allocate(Object pristine, Object[] parts);

    /** Gives an allocated object its parts. */
    public abstract void fill(Object target, Object pristine, Object[] parts);

    /** The whole object at once. */
    public Object create(Object pristine, Object[] parts) {
        Object made = allocate(pristine, parts);
        fill(made, pristine, parts);
        return made;
    }

    /** How to copy the whole object at once if all its parts are shared; null when it has to be put together from them. */
    public java.util.function.@Nullable UnaryOperator<Object> whole() {
        return null;
    }

    /** These parts in an array that can hold others. */
    public static Object[] copyOf(Object[] parts) {
        return java.util.Arrays.copyOf(parts, parts.length, Object[].class);
    }

    static long align(long bytes) {
        return bytes + 7 & ~7L;
    }
}
