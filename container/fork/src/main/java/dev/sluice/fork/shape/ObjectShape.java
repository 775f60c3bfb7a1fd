package dev.sluice.fork.shape;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Objects of application classes, copied field by field without running their code. */
public final class ObjectShape extends Shape {
    private final List<Field> references;
    private final List<Field> primitives;
    private final boolean[] shared;
    private final boolean mutable;
    private final long bytes;
    private final MethodHandle allocator;

    /**
     * @param fields all instance fields that a copy keeps
     * @param sharing which of them are shared whatever they hold
     */
    public ObjectShape(Class<?> type, List<Field> fields, Predicate<Field> sharing) {
        super(type);
        this.references =
                fields.stream().filter(f -> !f.getType().isPrimitive()).toList();
        this.primitives = fields.stream().filter(f -> f.getType().isPrimitive()).toList();
        this.shared = new boolean[references.size()];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = sharing.test(references.get(i));
        }
        this.mutable = fields.stream().anyMatch(f -> !Modifier.isFinal(f.getModifiers()));
        this.bytes = Fields.size(fields);
        this.allocator = Allocation.of(type);
    }

    public List<Field> references() {
        return references;
    }

    public List<Field> primitives() {
        return primitives;
    }

    public MethodHandle allocator() {
        return allocator;
    }

    @Override
    public boolean mutable() {
        return mutable;
    }

    @Override
    public Object[] parts(Object object) {
        Object[] parts = new Object[references.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Fields.get(references.get(i), object);
        }
        return parts;
    }

    @Override
    @Nullable
    public String difference(Object template, Object fork) {
        return Fields.difference(primitives, template, fork);
    }

    @Override
    public String label(Object[] parts, int index) {
        return "." + references.get(index).getName();
    }

    @Override
    public boolean sharedPart(int index) {
        return shared[index];
    }

    @Override
    public long size(Object object, Object[] parts) {
        return bytes;
    }

    @Override
    public boolean refillable() {
        return true;
    }

    /** Sets what the parts hold already besides the primitive fields. */
    @Override
    public Object allocate(Object pristine, Object[] parts) {
        try {
            Object made = (Object) allocator.invokeExact();
            for (Field field : primitives) {
                Fields.set(field, made, Fields.get(field, pristine));
            }
            fill(made, pristine, parts);
            return made;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot allocate " + type.getName(), e);
        }
    }

    @Override
    public void fill(Object target, Object pristine, Object[] parts) {
        for (int i = 0; i < parts.length; i++) {
            Fields.set(references.get(i), target, parts[i]);
        }
    }
}
