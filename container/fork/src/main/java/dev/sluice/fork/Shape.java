package dev.sluice.fork;

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

    /** Whether that part is shared whatever it is. */
    boolean sharedPart(int index) {
        return false;
    }

    /** How many of the first parts must exist before {@link #allocate}. */
    int head() {
        return 0;
    }

    /** Whether this part is hashed or compared while the object is filled. */
    boolean keyPart(int index) {
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
