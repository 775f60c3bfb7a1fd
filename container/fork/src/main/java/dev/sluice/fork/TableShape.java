package dev.sluice.fork;

import java.util.Map;
import java.util.function.IntFunction;

/** Hash maps of the JDK other than {@code HashMap}: those whose order of iteration follows from the size of a table. */
final class TableShape extends MapShape {
    private final IntFunction<Map<Object, Object>> maker;

    /** @param maker makes an empty map whose table has the given size, a power of two */
    TableShape(Class<?> type, Look looks, int perEntry, IntFunction<Map<Object, Object>> maker) {
        super(type, looks, perEntry, null, (map, none) -> maker.apply(Capacity.usual(map.size())));
        this.maker = maker;
    }

    @Override
    int unorderedFrom() {
        return 0;
    }

    @Override
    Step step(Group group, Constants constants) {
        return group.mode() == Group.Mode.CREATE && group.nodes().stream().noneMatch(TableShape::rebuiltKeys)
                ? new TableStep(group, maker)
                : new GenericStep(this, group);
    }

    private static boolean rebuiltKeys(Node node) {
        for (int i = 0; i < node.kids(); i += 2) {
            if (node.copiedKid(i) != null) {
                return true;
            }
        }
        return false;
    }
}
