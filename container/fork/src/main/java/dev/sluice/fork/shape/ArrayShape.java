package dev.sluice.fork.shape;

import java.lang.reflect.Array;

/** Arrays of references. */
public final class ArrayShape extends Shape {
    public ArrayShape(Class<?> type) {
        super(type);
    }

    @Override
    public boolean mutable() {
        return true;
    }

    @Override
    public Object[] parts(Object object) {
        return ((Object[]) object).clone();
    }

    @Override
    public String label(Object[] parts, int index) {
        return "[" + index + "]";
    }

    @Override
    public long size(Object object, Object[] parts) {
        return align(HEADER + 4 + (long) REFERENCE * parts.length);
    }

    @Override
    public boolean refillable() {
        return true;
    }

    @Override
    public Object allocate(Object pristine, Object[] parts) {
        return Array.newInstance(type.getComponentType(), ((Object[]) pristine).length);
    }

    @Override
    public void fill(Object target, Object pristine, Object[] parts) {
        System.arraycopy(parts, 0, target, 0, parts.length);
    }
}
