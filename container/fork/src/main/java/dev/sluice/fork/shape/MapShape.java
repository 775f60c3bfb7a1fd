package dev.sluice.fork.shape;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Maps of the JDK, rebuilt through their public API in iteration order; keys and values alternate in the parts. */
public class MapShape extends Shape {
    private final Look looks;
    private final int perEntry;
    private final @Nullable Function<Object, @Nullable Object> header;
    private final BiFunction<Map<Object, Object>, @Nullable Object, Object> empty;

    public MapShape(
            Class<?> type,
            Look looks,
            int perEntry,
            @Nullable Function<Object, @Nullable Object> header,
            BiFunction<Map<Object, Object>, @Nullable Object, Object> empty) {
        super(type);
        this.looks = looks;
        this.perEntry = perEntry;
        this.header = header;
        this.empty = empty;
    }

    @SuppressWarnings("unchecked")
    public static Map<Object, Object> map(Object object) {
        return (Map<Object, Object>) object;
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
        Map<Object, Object> map = map(object);
        Object[] all = new Object[head() + 2 * map.size()];
        if (header != null) {
            all[0] = header.apply(object);
        }
        int next = head();
        for (Map.Entry<Object, Object> entry : map.entrySet()) {
            all[next++] = entry.getKey();
            all[next++] = entry.getValue();
        }
        return next == all.length ? all : java.util.Arrays.copyOf(all, next);
    }

    @Override
    public String label(Object[] parts, int index) {
        return index < head() ? ".comparator" : entryLabel(parts, head(), index);
    }

    static String entryLabel(Object[] parts, int head, int index) {
        boolean key = (index - head) % 2 == 0;
        String text = Paths.key(parts[key ? index : index - 1]);
        return key ? "[key " + text + "]" : "[" + text + "]";
    }

    @Override
    public long size(Object object, Object[] parts) {
        return 48 + (long) perEntry * ((parts.length - head()) / 2);
    }

    @Override
    public boolean looksInto(int index) {
        if (type == java.util.TreeMap.class) {
            return false;
        }
        return index < head() ? looks == Look.COMPARE : looks != Look.NOTHING && (index - head()) % 2 == 0;
    }

    @Override
    public Look looks() {
        return looks;
    }

    @Override
    public int stride() {
        return 2;
    }

    @Override
    public int unorderedFrom() {
        return looks == Look.HASH && type != java.util.LinkedHashMap.class ? head() : -1;
    }

    @Override
    public boolean searchable() {
        return true;
    }

    @Override
    public Object allocate(Object pristine, Object[] parts) {
        return empty.apply(map(pristine), header == null ? null : parts[0]);
    }

    @Override
    public void fill(Object target, Object pristine, Object[] parts) {
        Map<Object, Object> map = map(target);
        if (type == java.util.TreeMap.class) {
            map.putAll(SortedParts.map(parts, 1, parts[0]));
            return;
        }
        for (int i = head(); i < parts.length; i += 2) {
            map.put(parts[i], parts[i + 1]);
        }
    }

    @Override
    public @Nullable UnaryOperator<Object> whole() {
        return Whole.of(type);
    }
}
