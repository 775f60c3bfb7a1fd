package dev.sluice.fork.shape;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;

/**
 * An application's subclass of a JDK class that all forks share: a lock, an exception, a bundle. It is shared like that as long as
 * its own fields lead to nothing that can be changed; the inherited state cannot be copied, so otherwise it is refused.
 */
public final class RoleShape extends Shape {
    private final List<Field> fields;
    private final boolean mutable;
    private final String above;

    /** @param fields those that the application added */
    public RoleShape(Class<?> type, Class<?> above, List<Field> fields) {
        super(type);
        this.above = above.getName();
        this.fields = fields.stream().filter(f -> !f.getType().isPrimitive()).toList();
        this.mutable = fields.stream().anyMatch(f -> !Modifier.isFinal(f.getModifiers()));
    }

    /** Why such an object, which leads to something that can be changed, cannot be in a template. */
    public String problem() {
        return "a " + above + " with state of its own: it cannot be copied, and sharing it would share that state";
    }

    @Override
    public boolean mutable() {
        return mutable;
    }

    @Override
    public Object[] parts(Object object) {
        return fields.stream().map(f -> Fields.get(f, object)).toArray();
    }

    @Override
    public String label(Object[] parts, int index) {
        return "." + fields.get(index).getName();
    }

    @Override
    public long size(Object object, Object[] parts) {
        return 0;
    }

    @Override
    public boolean allocatable() {
        return false;
    }

    @Override
    public Object allocate(Object pristine, Object[] parts) {
        throw new IllegalStateException(problem());
    }

    @Override
    public void fill(Object target, Object pristine, Object[] parts) {
        throw new IllegalStateException(problem());
    }
}
