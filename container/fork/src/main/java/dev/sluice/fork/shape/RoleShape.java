package dev.sluice.fork.shape;

import dev.sluice.fork.report.Finding;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;

/**
 * Objects that cannot be rebuilt and need not be: an application's subclass of a JDK class that all forks share (a lock, an
 * exception, a bundle), or an object of a hidden class with final fields. Shared as long as its own fields lead to nothing
 * that can be changed, otherwise refused.
 */
public final class RoleShape extends Shape {
    private final List<Field> fields;
    private final boolean mutable;
    private final Finding.Kind kind;
    private final String problem;

    private RoleShape(Class<?> type, Finding.Kind kind, String problem, List<Field> fields) {
        super(type);
        this.kind = kind;
        this.problem = problem;
        this.fields = fields.stream().filter(f -> !f.getType().isPrimitive()).toList();
        this.mutable = fields.stream().anyMatch(f -> !Modifier.isFinal(f.getModifiers()));
    }

    /**
     * A subclass of a JDK class that is shared by its role.
     *
     * @param fields those that the application added
     */
    public static RoleShape extending(Class<?> type, Class<?> above, List<Field> fields) {
        return new RoleShape(
                type,
                Finding.Kind.FORBIDDEN,
                "a " + above.getName()
                        + " with state of its own: it cannot be copied, and sharing it would share that state",
                fields);
    }

    /** A hidden class with final fields, which nobody can set. */
    public static RoleShape hidden(Class<?> type, List<Field> fields) {
        return new RoleShape(
                type,
                Finding.Kind.INACCESSIBLE,
                "a hidden class whose final fields cannot be set, and which leads to something that can be changed",
                fields);
    }

    /** What sort of finding it is then. */
    public Finding.Kind kind() {
        return kind;
    }

    /** Why such an object, which leads to something that can be changed, cannot be in a template. */
    public String problem() {
        return problem;
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
