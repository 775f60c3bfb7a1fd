package dev.sluice.fork.shape;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Application classes that extend a collection of the JDK, double-brace initialisation included. The inherited part is made by the
 * JDK's own constructor, and read and filled by its own methods, so that no overriding method of the application runs; the fields of
 * the application are set as in any other object. The parts are the comparator if there is one, the fields, and the content.
 */
public final class SubclassShape extends Shape {
    private final Shape inherited;
    private final Inherited methods;
    private final List<Field> references;
    private final List<Field> primitives;
    private final boolean[] shared;
    private final long bytes;

    private SubclassShape(
            Class<?> type, Shape inherited, Inherited methods, List<Field> fields, Predicate<Field> sharing) {
        super(type);
        this.inherited = inherited;
        this.methods = methods;
        this.references =
                fields.stream().filter(f -> !f.getType().isPrimitive()).toList();
        this.primitives = fields.stream().filter(f -> f.getType().isPrimitive()).toList();
        this.shared = new boolean[references.size()];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = sharing.test(references.get(i));
        }
        this.bytes = Fields.size(fields) - HEADER;
    }

    /** Whether objects of classes that extend this one can be taken apart. */
    public static boolean extendable(Class<?> above) {
        return Inherited.known(above);
    }

    /**
     * The shape of objects of a class whose nearest superclass in the JDK is {@code above}, or null if that cannot be extended
     * so.
     *
     * @param inherited the shape of objects of exactly that superclass, or null if it has none
     */
    public static @Nullable Shape of(
            Class<?> type, Class<?> above, @Nullable Shape inherited, List<Field> fields, Predicate<Field> sharing) {
        Inherited methods = inherited == null ? null : Inherited.of(type, above);
        if (methods == null) {
            return null;
        }
        return new SubclassShape(type, Objects.requireNonNull(inherited), methods, fields, sharing);
    }

    private int fields() {
        return references.size();
    }

    @Override
    public boolean mutable() {
        return true;
    }

    @Override
    public int head() {
        return inherited.head();
    }

    @Override
    public Object[] parts(Object object) {
        Object[] content = methods.content(object);
        int from = keysFrom();
        Object[] all = new Object[from + content.length];
        if (head() > 0) {
            all[0] = inherited.header(object);
        }
        for (int i = 0; i < fields(); i++) {
            all[head() + i] = Fields.get(references.get(i), object);
        }
        System.arraycopy(content, 0, all, from, content.length);
        return all;
    }

    private boolean field(int index) {
        return index >= head() && index < keysFrom();
    }

    private int withoutFields(int index) {
        return index < head() ? index : index - fields();
    }

    private Object[] withoutFields(Object[] parts) {
        Object[] some = Arrays.copyOf(parts, parts.length - fields(), Object[].class);
        System.arraycopy(parts, keysFrom(), some, head(), some.length - head());
        return some;
    }

    @Override
    public String label(Object[] parts, int index) {
        return field(index)
                ? "." + references.get(index - head()).getName()
                : inherited.label(withoutFields(parts), withoutFields(index));
    }

    @Override
    public boolean sharedPart(int index) {
        return field(index) && shared[index - head()];
    }

    @Override
    public boolean looksInto(int index) {
        return !field(index) && inherited.looksInto(withoutFields(index));
    }

    @Override
    public Look looks() {
        return inherited.looks();
    }

    @Override
    public int stride() {
        return inherited.stride();
    }

    @Override
    public int keysFrom() {
        return head() + fields();
    }

    @Override
    public int unorderedFrom() {
        return inherited.unorderedFrom() < 0 ? -1 : keysFrom();
    }

    @Override
    public boolean searchable() {
        return inherited.searchable();
    }

    @Override
    public boolean finds(Object object, Object key) {
        return methods.finds(object, key);
    }

    @Override
    @Nullable
    public String difference(Object template, Object fork) {
        return Fields.difference(primitives, template, fork);
    }

    @Override
    public long size(Object object, Object[] parts) {
        return bytes + inherited.size(object, withoutFields(parts));
    }

    @Override
    public Object allocate(Object pristine, Object[] parts) {
        try {
            Object whole = methods.clones() && sameKeys(pristine, parts) ? methods.whole(pristine) : null;
            return withPrimitives(
                    whole != null ? whole : methods.empty(pristine, head() == 0 ? null : parts[0]), pristine);
        } catch (Throwable e) {
            throw failed("make", e);
        }
    }

    /** An object without content, whatever would be faster. */
    public Object allocateEmpty(Object pristine, Object[] parts) {
        try {
            return withPrimitives(methods.empty(pristine, head() == 0 ? null : parts[0]), pristine);
        } catch (Throwable e) {
            throw failed("make", e);
        }
    }

    private Object withPrimitives(Object made, Object pristine) {
        for (Field field : primitives) {
            Fields.set(field, made, Fields.get(field, pristine));
        }
        return made;
    }

    private boolean sameKeys(Object pristine, Object[] parts) {
        Object[] content = methods.content(pristine);
        for (int i = 0; i < content.length; i += 2) {
            if (content[i] != parts[keysFrom() + i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void fill(Object target, Object pristine, Object[] parts) {
        for (int i = 0; i < fields(); i++) {
            Fields.set(references.get(i), target, parts[head() + i]);
        }
        try {
            if (methods.clones() && methods.content(target).length > 0) {
                replaceValues(target, parts);
            } else {
                methods.fill(target, parts, keysFrom(), head() == 0 ? null : parts[0]);
            }
        } catch (Throwable e) {
            throw failed("fill", e);
        }
    }

    /** The keys are there already, in the same order. */
    private void replaceValues(Object target, Object[] parts) throws Throwable {
        int next = keysFrom() + 1;
        for (Map.Entry<Object, Object> entry : methods.entries(target)) {
            entry.setValue(parts[next]);
            next += 2;
        }
    }

    private RuntimeException failed(String what, Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("cannot " + what + " a " + type.getName() + ": " + cause, cause);
    }
}
