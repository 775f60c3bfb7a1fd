package dev.sluice.fork.shape;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Mutable objects that refer to nothing that needs a look: primitive arrays, builders, bit sets, dates, counters. */
public final class LeafShape extends Shape {
    private static final Object[] NOTHING = {};

    private final UnaryOperator<Object> copier;
    private final ToLongFunction<Object> bytes;

    public LeafShape(Class<?> type, ToLongFunction<Object> bytes, UnaryOperator<Object> copier) {
        super(type);
        this.bytes = bytes;
        this.copier = copier;
    }

    @Override
    public boolean mutable() {
        return true;
    }

    @Override
    public Object[] parts(Object object) {
        return NOTHING;
    }

    @Override
    public String label(Object[] parts, int index) {
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public long size(Object object, Object[] parts) {
        return align(bytes.applyAsLong(object));
    }

    @Override
    @Nullable
    public String difference(Object template, Object fork) {
        return Objects.deepEquals(new Object[] {template}, new Object[] {fork}) || same(template, fork)
                ? null
                : Paths.value(fork) + " in a fork (in the template: " + Paths.value(template) + ")";
    }

    /** Counters and builders are not equal to their copies but look alike; formats and the like may be neither. */
    private static boolean same(Object template, Object fork) {
        boolean plain = template instanceof CharSequence
                || template instanceof Number
                || template instanceof AtomicBoolean
                || template instanceof AtomicIntegerArray
                || template instanceof AtomicLongArray;
        return plain
                ? template.toString().equals(fork.toString())
                : !template.getClass().isArray();
    }

    @Override
    public boolean allocatable() {
        return false;
    }

    @Override
    public Object allocate(Object pristine, Object[] parts) {
        return copier.apply(pristine);
    }

    @Override
    public void fill(Object target, Object pristine, Object[] parts) {
        // All of it was copied when it was allocated.
    }

    @Override
    public UnaryOperator<Object> whole() {
        return copier;
    }
}
