package dev.sluice.fork.jdk;

import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.shape.SubclassShape;
import dev.sluice.fork.shape.Verdict;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code Collections.newSetFromMap}: its parts are those of the map behind it, which belongs to the set alone. */
public final class SetFromMapShape extends Shape {
    /** The class of such sets. */
    public static final Class<?> TYPE =
            Collections.newSetFromMap(new HashMap<>()).getClass();

    private final Shape map;

    private SetFromMapShape(Class<?> type, Shape map) {
        super(type);
        this.map = map;
    }

    /** Each set has a shape of its own, as the classes of the maps differ. */
    public static Verdict verdict(Object set, Function<Object, Verdict> maps) {
        Verdict verdict = maps.apply(behind(set));
        return verdict instanceof Shape shape ? new SetFromMapShape(TYPE, shape) : verdict;
    }

    private static Object behind(Object set) {
        return Peek.references(set).get(0);
    }

    @Override
    public boolean mutable() {
        return true;
    }

    @Override
    public int head() {
        return map.head();
    }

    @Override
    public Object[] parts(Object object) {
        return map.parts(behind(object));
    }

    @Override
    public String label(Object[] parts, int index) {
        return map.label(parts, index);
    }

    @Override
    public boolean sharedPart(int index) {
        return map.sharedPart(index);
    }

    @Override
    public boolean looksInto(int index) {
        return map.looksInto(index);
    }

    @Override
    public Look looks() {
        return map.looks();
    }

    @Override
    public int stride() {
        return map.stride();
    }

    @Override
    public int keysFrom() {
        return map.keysFrom();
    }

    @Override
    public int unorderedFrom() {
        return map.unorderedFrom();
    }

    @Override
    public boolean searchable() {
        return true;
    }

    @Override
    @Nullable
    public String difference(Object template, Object fork) {
        return map.difference(behind(template), behind(fork));
    }

    @Override
    public long size(Object object, Object[] parts) {
        return 16 + map.size(behind(object), parts);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Object allocate(Object pristine, Object[] parts) {
        Object inner = behind(pristine);
        Object made = map instanceof SubclassShape own ? own.allocateEmpty(inner, parts) : map.allocate(inner, parts);
        return Collections.newSetFromMap((Map) made);
    }

    @Override
    public void fill(Object target, Object pristine, Object[] parts) {
        map.fill(behind(target), behind(pristine), parts);
    }
}
