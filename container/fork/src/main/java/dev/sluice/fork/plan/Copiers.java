package dev.sluice.fork.plan;

import dev.sluice.fork.order.Group;
import dev.sluice.fork.shape.ConstructedShape;
import dev.sluice.fork.shape.ObjectShape;
import dev.sluice.fork.shape.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Generates the copiers that one plan needs: one for each class, set of rebuilt fields and mode. */
final class Copiers {
    /** HotSpot compiles no method with more byte code than this (-XX:HugeMethodLimit). */
    private static final int LARGEST = 7_500;

    /** A method takes no more parameters; some count twice. */
    private static final int MOST_PARAMETERS = 120;

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final String NAME = Copier.class.getPackageName().replace('.', '/') + "/GeneratedCopier";

    private record Key(Shape shape, BitSet rebuilt, Group.Mode mode) {}

    private final Map<Key, @Nullable Copier> made = new HashMap<>();

    /** A copier for these objects, or null when the class has too many fields for generated code. */
    @Nullable
    Copier of(Shape shape, BitSet rebuilt, Group.Mode mode) {
        Key key = new Key(shape, rebuilt, mode);
        if (!made.containsKey(key)) {
            made.put(key, generate(shape, rebuilt, mode));
        }
        return made.get(key);
    }

    private static @Nullable Copier generate(Shape shape, BitSet rebuilt, Group.Mode mode) {
        CopierWriter writer = new CopierWriter(NAME);
        try {
            if (shape instanceof ConstructedShape constructed) {
                if (constructed.fields().size() > MOST_PARAMETERS) {
                    return null;
                }
                construct(writer, constructed, rebuilt);
            } else {
                copyFields(writer, (ObjectShape) shape, rebuilt, mode);
            }
            return writer.size() > LARGEST ? null : define(writer);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("lost access to the fields of " + shape.type.getName(), e);
        }
    }

    private static void copyFields(CopierWriter writer, ObjectShape shape, BitSet rebuilt, Group.Mode mode)
            throws IllegalAccessException {
        if (mode == Group.Mode.FILL) {
            writer.takeTarget();
        } else {
            writer.allocate(shape.allocator());
        }
        if (mode != Group.Mode.FILL) {
            for (Field field : shape.primitives()) {
                writer.transfer(getter(field), setter(field));
            }
        }
        List<Field> references = shape.references();
        for (int i = 0; i < references.size(); i++) {
            if (rebuilt.get(i)) {
                writer.relink(setter(references.get(i)));
            } else if (mode != Group.Mode.FILL) {
                writer.transfer(getter(references.get(i)), setter(references.get(i)));
            }
        }
        if (mode != Group.Mode.FILL) {
            writer.keep();
        }
    }

    private static void construct(CopierWriter writer, ConstructedShape shape, BitSet rebuilt)
            throws IllegalAccessException {
        MethodHandle constructor = erase(shape.constructor());
        writer.beginConstruction(constructor);
        List<Field> fields = shape.fields();
        for (int i = 0; i < fields.size(); i++) {
            if (rebuilt.get(i)) {
                writer.link();
            } else {
                writer.get(getter(fields.get(i)));
            }
        }
        writer.endConstruction(constructor);
        writer.keep();
    }

    private static MethodHandle getter(Field field) throws IllegalAccessException {
        return erase(LOOKUP.unreflectGetter(field));
    }

    private static MethodHandle setter(Field field) throws IllegalAccessException {
        return erase(LOOKUP.unreflectSetter(field));
    }

    private static MethodHandle erase(MethodHandle handle) {
        MethodType erased = handle.type().erase();
        return handle.asType(erased);
    }

    private static Copier define(CopierWriter writer) throws IllegalAccessException {
        byte[] bytes = writer.finish();
        MethodHandles.Lookup hidden = LOOKUP.defineHiddenClassWithClassData(bytes, writer.handles(), true);
        try {
            return (Copier) hidden.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("generated code is broken", e);
        }
    }
}
