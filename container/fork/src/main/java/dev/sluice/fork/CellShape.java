package dev.sluice.fork;

import java.util.function.BiConsumer;
import java.util.function.Function;

/** Mutable holders that can exist empty and take their parts later: atomic references and arrays of them. */
final class CellShape extends Shape {
    private final Function<Object, Object[]> parts;
    private final Function<Object, Object> empty;
    private final BiConsumer<Object, Object[]> filler;

    CellShape(
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
    boolean mutable() {
        return true;
    }

    @Override
    Object[] parts(Object object) {
        return parts.apply(object);
    }

    @Override
    String label(Object[] all, int index) {
        return "[" + index + "]";
    }

    @Override
    long size(Object object, Object[] all) {
        return 16 + (long) REFERENCE * all.length;
    }

    @Override
    Object allocate(Object pristine, Object[] all) {
        return empty.apply(pristine);
    }

    @Override
    void fill(Object target, Object pristine, Object[] all) {
        filler.accept(target, all);
    }
}
