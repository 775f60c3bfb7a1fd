package dev.sluice.fork.shape;

import java.util.function.BiConsumer;
import java.util.function.Function;

/** Mutable holders that can exist empty and take their parts later: atomic references and arrays of them. */
public final class CellShape extends Shape {
    private final Function<Object, Object[]> parts;
    private final Function<Object, Object> empty;
    private final BiConsumer<Object, Object[]> filler;

    public CellShape(
            Class<?> type,
            Function<Object, Object[]> parts,
            Function<Object, Object> empty,
            BiConsumer<Object, Object[]> filler) {
        super(type);
        this.parts = parts;
        this.empty = empty;
        this.filler = filler;
    }

    @Override
    public boolean mutable() {
        return true;
    }

    @Override
    public Object[] parts(Object object) {
        return parts.apply(object);
    }

    @Override
    public String label(Object[] all, int index) {
        return "[" + index + "]";
    }

    @Override
    public long size(Object object, Object[] all) {
        return 16 + (long) REFERENCE * all.length;
    }

    @Override
    public Object allocate(Object pristine, Object[] all) {
        return empty.apply(pristine);
    }

    @Override
    public void fill(Object target, Object pristine, Object[] all) {
        filler.accept(target, all);
    }
}
