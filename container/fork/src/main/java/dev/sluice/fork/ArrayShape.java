package dev.sluice.fork;

import java.lang.reflect.Array;

/** Arrays of references. */
final class ArrayShape extends Shape {
    ArrayShape(Class<?> type) {
        super(type);
    }

    @Override
    boolean mutable() {
        return true;
    }

    @Override
    Object[] parts(Object object) {
        return ((Object[]) object).clone();
    }

    @Override
    String label(Object[] parts, int index) {
        return "[" + index + "]";
    }

    @Override
    long size(Object object, Object[] parts) {
        return align(HEADER + 4 + (long) REFERENCE * parts.length);
    }

    @Override
    boolean refillable() {
        return true;
    }

    @Override
    Object allocate(Object pristine, Object[] parts) {
        return Array.newInstance(type.getComponentType(), ((Object[]) pristine).length);
    }

    @Override
    void fill(Object target, Object pristine, Object[] parts) {
        System.arraycopy(parts, 0, target, 0, parts.length);
    }

    @Override
    Step step(Group group, Constants constants) {
        return group.mode() == Group.Mode.CREATE ? new ArrayStep(group) : super.step(group, constants);
    }
}
