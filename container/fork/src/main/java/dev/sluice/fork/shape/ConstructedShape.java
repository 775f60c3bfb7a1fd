package dev.sluice.fork.shape;

import dev.sluice.fork.source.LambdaSource;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Objects whose fields only their constructor can set, one parameter for each field in declaration order: records (the
 * canonical constructor) and lambdas (the synthetic constructor that takes what was captured).
 */
public final class ConstructedShape extends Shape {
    private final List<Field> fields;
    private final boolean[] shared;
    private final MethodHandle constructor;
    private final MethodHandle spread;
    private final long bytes;
    /** Read when a path is shown; only the publishing thread does that. */
    private @Nullable LambdaSource source;

    public ConstructedShape(Class<?> type, List<Field> fields, Constructor<?> constructor, Predicate<Field> sharing) {
        super(type);
        this.fields = List.copyOf(fields);
        this.shared = new boolean[fields.size()];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = sharing.test(fields.get(i));
        }
        try {
            this.constructor = MethodHandles.lookup().unreflectConstructor(constructor);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("no access to " + constructor, e);
        }
        this.spread = this.constructor
                .asType(MethodType.genericMethodType(fields.size()))
                .asSpreader(Object[].class, fields.size());
        this.bytes = Fields.size(fields);
    }

    public List<Field> fields() {
        return fields;
    }

    public MethodHandle constructor() {
        return constructor;
    }

    @Override
    public boolean mutable() {
        return false;
    }

    /** Boxed primitives are parts too: they are constants that the constructor needs. */
    @Override
    public Object[] parts(Object object) {
        Object[] parts = new Object[fields.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Fields.get(fields.get(i), object);
        }
        return parts;
    }

    @Override
    public String label(Object[] parts, int index) {
        return "." + (type.isRecord() ? fields.get(index).getName() : captured(index));
    }

    private String captured(int index) {
        if (source == null) {
            source = LambdaSource.of(type);
        }
        return source.captured(index);
    }

    @Override
    public boolean sharedPart(int index) {
        return shared[index];
    }

    @Override
    public long size(Object object, Object[] parts) {
        return bytes;
    }

    /** The constructor of a record is the application's; that of a lambda only keeps what it is given. */
    @Override
    public Look looks() {
        return type.isRecord() ? Look.CONSTRUCT : Look.NOTHING;
    }

    @Override
    public boolean looksInto(int index) {
        return type.isRecord();
    }

    @Override
    public boolean allocatable() {
        return false;
    }

    @Override
    public Object allocate(Object pristine, Object[] parts) {
        throw new IllegalStateException(type.getName() + " needs its parts to be constructed");
    }

    @Override
    public void fill(Object target, Object pristine, Object[] parts) {
        throw new IllegalStateException(type.getName() + " cannot be filled after its construction");
    }

    @Override
    public Object create(Object pristine, Object[] parts) {
        try {
            return (Object) spread.invokeExact(parts);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("constructor of " + type.getName() + " threw " + e, e);
        }
    }
}
