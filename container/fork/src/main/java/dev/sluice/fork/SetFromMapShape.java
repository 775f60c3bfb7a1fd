package dev.sluice.fork;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code Collections.newSetFromMap}: its parts are those of the map behind it, which belongs to the set alone. */
final class SetFromMapShape extends Shape {
    private final Shape map;

    private SetFromMapShape(Class<?> type, Shape map) {
        super(type);
        this.map = map;
    }

    /** Each set has a shape of its own, as the classes of the maps differ. */
    static Function<Object, Verdict> chooser() {
        return set -> {
            Verdict verdict = new Classifier(ForkOptions.defaults()).verdict(behind(set));
            return verdict instanceof Shape shape ? new SetFromMapShape(set.getClass(), shape) : verdict;
        };
    }

    static Class<?> sample() {
        return Collections.newSetFromMap(new HashMap<>()).getClass();
    }

    private static Object behind(Object set) {
        return Peek.references(set).get(0);
    }

    @Override
    boolean mutable() {
        return true;
    }

    @Override
    int head() {
        return map.head();
    }

    @Override
    Object[] parts(Object object) {
        return map.parts(behind(object));
    }

    @Override
    String label(Object[] parts, int index) {
        return map.label(parts, index);
    }

    @Override
    boolean sharedPart(int index) {
        return map.sharedPart(index);
    }

    @Override
    boolean looksInto(int index) {
        return map.looksInto(index);
    }

    @Override
    Look looks() {
        return map.looks();
    }

    @Override
    int stride() {
        return map.stride();
    }

    @Override
    int keysFrom() {
        return map.keysFrom();
    }

    @Override
    int unorderedFrom() {
        return map.unorderedFrom();
    }

    @Override
    boolean searchable() {
        return true;
    }

    @Override
    @Nullable
    String difference(Object template, Object fork) {
        return map.difference(behind(template), behind(fork));
    }

    @Override
    long size(Object object, Object[] parts) {
        return 16 + map.size(behind(object), parts);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    Object allocate(Object pristine, Object[] parts) {
        Object inner = behind(pristine);
        Object made = map instanceof SubclassShape own ? own.allocateEmpty(inner, parts) : map.allocate(inner, parts);
        return Collections.newSetFromMap((Map) made);
    }

    @Override
    void fill(Object target, Object pristine, Object[] parts) {
        map.fill(behind(target), behind(pristine), parts);
    }
}
