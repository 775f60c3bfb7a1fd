package dev.sluice.fork.shape;

import java.util.Map;
import java.util.function.IntFunction;

/** Hash maps of the JDK other than {@code HashMap}: those whose order of iteration follows from the size of a table. */
public final class TableShape extends MapShape {
    private final IntFunction<Map<Object, Object>> maker;

    /** @param maker makes an empty map whose table has the given size, a power of two */
    public TableShape(Class<?> type, Look looks, int perEntry, IntFunction<Map<Object, Object>> maker) {
        super(type, looks, perEntry, null, (map, none) -> maker.apply(Capacity.usual(map.size())));
        this.maker = maker;
    }

    @Override
    public int unorderedFrom() {
        return 0;
    }

    public IntFunction<Map<Object, Object>> maker() {
        return maker;
    }
}
