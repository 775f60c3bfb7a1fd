package dev.sluice.fork.shape;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Elements in their order, as a sorted collection: an empty {@code TreeMap} or {@code TreeSet} with the same comparator takes
 * them over without comparing any.
 */
public final class SortedParts {
    private SortedParts() {}

    @SuppressWarnings("unchecked")
    public static @Nullable Comparator<Object> comparator(@Nullable Object object) {
        return (Comparator<Object>) object;
    }

    /** Keys and values in turn. */
    static SortedMap<Object, Object> map(Object[] parts, int from, @Nullable Object comparator) {
        return new Entries(parts, from, comparator(comparator));
    }

    static SortedSet<Object> set(Object[] parts, int from, @Nullable Object comparator) {
        return new Elements(parts, from, comparator(comparator));
    }

    private static UnsupportedOperationException only() {
        return new UnsupportedOperationException("made to be read once, in order");
    }

    private static <T> Iterator<T> iterator(int from, int to, int stride, IntFunction<T> element) {
        return new Iterator<>() {
            private int next = from;

            @Override
            public boolean hasNext() {
                return next < to;
            }

            @Override
            public T next() {
                if (next >= to) {
                    throw new NoSuchElementException();
                }
                T result = element.apply(next);
                next += stride;
                return result;
            }
        };
    }

    private static final class Entries extends AbstractMap<Object, Object> implements SortedMap<Object, Object> {
        private final Object[] parts;
        private final int from;
        private final @Nullable Comparator<Object> comparator;

        Entries(Object[] parts, int from, @Nullable Comparator<Object> comparator) {
            this.parts = parts;
            this.from = from;
            this.comparator = comparator;
        }

        @Override
        public @Nullable Comparator<Object> comparator() {
            return comparator;
        }

        @Override
        public int size() {
            return (parts.length - from) / 2;
        }

        @Override
        public Set<Map.Entry<Object, Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Map.Entry<Object, Object>> iterator() {
                    return SortedParts.iterator(
                            from, parts.length, 2, i -> new SimpleImmutableEntry<>(parts[i], parts[i + 1]));
                }

                @Override
                public int size() {
                    return Entries.this.size();
                }
            };
        }

        @Override
        public SortedMap<Object, Object> subMap(Object low, Object high) {
            throw only();
        }

        @Override
        public SortedMap<Object, Object> headMap(Object high) {
            throw only();
        }

        @Override
        public SortedMap<Object, Object> tailMap(Object low) {
            throw only();
        }

        @Override
        public Object firstKey() {
            throw only();
        }

        @Override
        public Object lastKey() {
            throw only();
        }
    }

    private static final class Elements extends AbstractSet<Object> implements SortedSet<Object> {
        private final Object[] parts;
        private final int from;
        private final @Nullable Comparator<Object> comparator;

        Elements(Object[] parts, int from, @Nullable Comparator<Object> comparator) {
            this.parts = parts;
            this.from = from;
            this.comparator = comparator;
        }

        @Override
        public @Nullable Comparator<Object> comparator() {
            return comparator;
        }

        @Override
        public int size() {
            return parts.length - from;
        }

        @Override
        public Iterator<Object> iterator() {
            return SortedParts.iterator(from, parts.length, 1, i -> parts[i]);
        }

        @Override
        public SortedSet<Object> subSet(Object low, Object high) {
            throw only();
        }

        @Override
        public SortedSet<Object> headSet(Object high) {
            throw only();
        }

        @Override
        public SortedSet<Object> tailSet(Object low) {
            throw only();
        }

        @Override
        public Object first() {
            throw only();
        }

        @Override
        public Object last() {
            throw only();
        }
    }
}
