package dev.sluice.fork.shape;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Lists, sets and queues of the JDK, rebuilt through their public API in iteration order. */
public class BagShape extends Shape {
    private final boolean keyed;
    private final @Nullable Function<Object, @Nullable Object> header;
    private final BiFunction<Collection<Object>, @Nullable Object, Object> empty;
    private final int perElement;

    /**
     * @param keyed whether elements are hashed or compared when they are added
     * @param header what the empty collection needs beside its size (a comparator), or null when it needs nothing
     * @param empty makes the empty collection that is going to take the content of the given one
     */
    public BagShape(
            Class<?> type,
            boolean keyed,
            int perElement,
            @Nullable Function<Object, @Nullable Object> header,
            BiFunction<Collection<Object>, @Nullable Object, Object> empty) {
        super(type);
        this.keyed = keyed;
        this.perElement = perElement;
        this.header = header;
        this.empty = empty;
    }

    @SuppressWarnings("unchecked")
    static Collection<Object> collection(Object object) {
        return (Collection<Object>) object;
    }

    @Override
    public boolean mutable() {
        return true;
    }

    @Override
    public int head() {
        return header == null ? 0 : 1;
    }

    @Override
    @Nullable
    Object header(Object object) {
        return header == null ? super.header(object) : header.apply(object);
    }

    @Override
    public Object[] parts(Object object) {
        Object[] elements = collection(object).toArray();
        if (header == null) {
            return elements;
        }
        Object[] all = new Object[elements.length + 1];
        all[0] = header.apply(object);
        System.arraycopy(elements, 0, all, 1, elements.length);
        return all;
    }

    @Override
    public String label(Object[] parts, int index) {
        return index < head() ? ".comparator" : "[" + (index - head()) + "]";
    }

    @Override
    public long size(Object object, Object[] parts) {
        return 48 + (long) perElement * (parts.length - head());
    }

    @Override
    public boolean looksInto(int index) {
        return keyed && type != java.util.TreeSet.class;
    }

    @Override
    public Look looks() {
        if (!keyed) {
            return Look.NOTHING;
        }
        return header == null ? Look.HASH : Look.COMPARE;
    }

    @Override
    public int unorderedFrom() {
        return type == java.util.HashSet.class ? 0 : -1;
    }

    @Override
    public boolean searchable() {
        return java.util.Set.class.isAssignableFrom(type) && type != java.util.concurrent.CopyOnWriteArraySet.class;
    }

    @Override
    public Object allocate(Object pristine, Object[] parts) {
        return empty.apply(collection(pristine), header == null ? null : parts[0]);
    }

    @Override
    public void fill(Object target, Object pristine, Object[] parts) {
        if (type == java.util.TreeSet.class) {
            collection(target).addAll(SortedParts.set(parts, 1, parts[0]));
            return;
        }
        List<Object> elements = Arrays.asList(parts);
        collection(target).addAll(head() == 0 ? elements : elements.subList(head(), parts.length));
    }

    @Override
    public @Nullable UnaryOperator<Object> whole() {
        return Whole.of(type);
    }
}
