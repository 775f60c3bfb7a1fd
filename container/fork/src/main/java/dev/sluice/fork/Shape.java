package dev.sluice.fork;

import org.jspecify.annotations.Nullable;

/**
 * How the objects of one class are taken apart and put together again.
 *
 * <p>The parts of an object are the references that it holds, in a fixed order; its primitive content is taken from the
 * pristine object itself. An object with {@link #allocatable()} can exist before its parts do, which is what breaks
 * cycles; any other is created when all its parts exist.
 */
abstract non-sealed class Shape implements Verdict {
    /** Size of an object header, and of a reference, with compressed references. */
    static final int HEADER = 12;

    static final int REFERENCE = 4;

    final Class<?> type;

    Shape(Class<?> type) {
        this.type = type;
    }

    /** Whether it must be rebuilt even if everything it refers to is immutable. */
    abstract boolean mutable();

    abstract Object[] parts(Object object);

    /** How a path names a part: {@code .field}, {@code [3]}. */
    abstract String label(Object[] parts, int index);

    /** Estimated size in bytes, without its parts. */
    abstract long size(Object object, Object[] parts);

    /** What an empty collection needs, its comparator for example; only if there is a {@link #head()}. */
    @Nullable
    Object header(Object object) {
        throw new IllegalStateException(type.getName() + " needs nothing to be made");
    }

    /** Whether that part is shared whatever it is. */
    boolean sharedPart(int index) {
        return false;
    }

    /** How the primitive content of a fork's object differs from that of the template; null when it does not. */
    @Nullable
    String difference(Object template, Object fork) {
        return null;
    }

    /** The first part whose place says nothing, as in hash tables; negative when all are in order. */
    int unorderedFrom() {
        return -1;
    }

    /** Whether each element should be found when the object is asked for it. */
    boolean searchable() {
        return false;
    }

    /** The first part that is an element. */
    int keysFrom() {
        return head();
    }

    /** Whether the object says that it holds this element. */
    boolean finds(Object object, Object key) {
        return object instanceof java.util.Map<?, ?> map
                ? map.containsKey(key)
                : object instanceof java.util.Collection<?> collection && collection.contains(key);
    }

    /** How many of the first parts must exist before {@link #allocate}. */
    int head() {
        return 0;
    }

    /** What making or filling an object does with the parts that it looks into. */
    enum Look {
        NOTHING,
        /** Asks them for their hash, and whether they are equal. */
        HASH,
        /** Compares each with others. */
        COMPARE,
        /** Gives them to a constructor of the application. */
        CONSTRUCT
    }

    Look looks() {
        return Look.NOTHING;
    }

    /** Whether making or filling the object depends on the content of this part. */
    boolean looksInto(int index) {
        return false;
    }

    /** How many parts there are for each element: two when keys and values alternate. */
    int stride() {
        return 1;
    }

    /** Whether filling it twice, the first time with nulls for some parts, is like filling it once. */
    boolean refillable() {
        return false;
    }

    /** Whether it can be made before its parts (except {@link #head()}) exist. */
    boolean allocatable() {
        return true;
    }

    /** The object without its parts; only the first {@link #head()} parts may be used. */
    abstract Object allocate(Object pristine, Object[] parts);

    /** Gives an allocated object its parts. */
    abstract void fill(Object target, Object pristine, Object[] parts);

    /** The whole object at once. */
    Object create(Object pristine, Object[] parts) {
        Object made = allocate(pristine, parts);
        fill(made, pristine, parts);
        return made;
    }

    /** The step of a plan that rebuilds a group of objects of this shape. */
    Step step(Group group, Constants constants) {
        return new GenericStep(this, group);
    }

    static long align(long bytes) {
        return bytes + 7 & ~7L;
    }
}
