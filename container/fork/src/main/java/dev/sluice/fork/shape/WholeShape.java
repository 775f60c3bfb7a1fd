package dev.sluice.fork.shape;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Objects that are made in one call when all their parts exist: wrappers, optional values, atomics of values ... */
public final class WholeShape extends Shape {
    private final boolean mutable;
    private final Function<Object, Object[]> parts;
    private final BiFunction<Object, Object[], Object> maker;
    private final int bytes;
    private final Look looks;

    public WholeShape(
            Class<?> type,
            boolean mutable,
            int bytes,
            Function<Object, Object[]> parts,
            BiFunction<Object, Object[], Object> maker) {
        this(type, mutable, bytes, Look.NOTHING, parts, maker);
    }

    /** @param looks what making it does with its parts; with the keys if it is a map */
    public WholeShape(
            Class<?> type,
            boolean mutable,
            int bytes,
            Look looks,
            Function<Object, Object[]> parts,
            BiFunction<Object, Object[], Object> maker) {
        super(type);
        this.looks = looks;
        this.mutable = mutable;
        this.bytes = bytes;
        this.parts = parts;
        this.maker = maker;
    }

    @Override
    public boolean mutable() {
        return mutable;
    }

    @Override
    public Object[] parts(Object object) {
        return parts.apply(object);
    }

    /** What is inside a wrapper has the path of the wrapper; what is in a map is named by its key. */
    @Override
    public String label(Object[] all, int index) {
        if (all.length == 1 && wrapper(type)) {
            return "";
        }
        return Map.class.isAssignableFrom(type) ? MapShape.entryLabel(all, 0, index) : "[" + index + "]";
    }

    private static boolean wrapper(Class<?> type) {
        String name = type.getSimpleName();
        return name.startsWith("Unmodifiable") || name.startsWith("Synchronized") || name.startsWith("Checked");
    }

    @Override
    public long size(Object object, Object[] all) {
        return bytes + (long) REFERENCE * all.length;
    }

    @Override
    public Look looks() {
        return looks;
    }

    @Override
    public boolean looksInto(int index) {
        return looks == Look.CONSTRUCT || looks != Look.NOTHING && index % stride() == 0;
    }

    @Override
    public int stride() {
        return looks == Look.HASH && Map.class.isAssignableFrom(type) ? 2 : 1;
    }

    @Override
    public int unorderedFrom() {
        return looks == Look.HASH ? 0 : -1;
    }

    @Override
    public boolean searchable() {
        return looks == Look.HASH;
    }

    @Override
    public boolean allocatable() {
        return false;
    }

    @Override
    public Object allocate(Object pristine, Object[] all) {
        throw new IllegalStateException(type.getName() + " is made in one step");
    }

    @Override
    public void fill(Object target, Object pristine, Object[] all) {
        throw new IllegalStateException(type.getName() + " is made in one step");
    }

    @Override
    public Object create(Object pristine, Object[] all) {
        return maker.apply(pristine, all);
    }
}
