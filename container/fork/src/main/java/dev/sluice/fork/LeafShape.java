package dev.sluice.fork;

import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** Mutable objects that refer to nothing that needs a look: primitive arrays, builders, bit sets, dates, counters. */
final class LeafShape extends Shape {
    private static final Object[] NOTHING = {};

    private final UnaryOperator<Object> copier;
    private final ToLongFunction<Object> bytes;

    LeafShape(Class<?> type, ToLongFunction<Object> bytes, UnaryOperator<Object> copier) {
        super(type);
        this.bytes = bytes;
        this.copier = copier;
    }

    @Override
    boolean mutable() {
        return true;
    }

    @Override
    Object[] parts(Object object) {
        return NOTHING;
    }

    @Override
    String label(Object[] parts, int index) {
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    long size(Object object, Object[] parts) {
        return align(bytes.applyAsLong(object));
    }

    @Override
    boolean allocatable() {
        return false;
    }

    @Override
    Object allocate(Object pristine, Object[] parts) {
        return copier.apply(pristine);
    }

    @Override
    void fill(Object target, Object pristine, Object[] parts) {
        // All of it was copied when it was allocated.
    }

    @Override
    Step step(Group group, Constants constants) {
        return new LeafStep(copier, group);
    }
}
