package dev.sluice.war.check;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a value on the stack or in a local variable.
 *
 * @param size one or two slots
 * @param origins where it may come from; empty if it cannot be changed, or is new
 * @param made the class it was made of, or what made it cannot be changed ({@link #FIXED}); null if that is not known
 * @param requested whether it may depend on what the method was given
 * @param loaded the field that it was just read from, {@code owner.name}
 * @param view whether the JDK made it as a view or iterator of something
 */
record Value(
        int size,
        Set<Origin> origins,
        @Nullable String made,
        boolean requested,
        @Nullable String loaded,
        boolean view) implements org.objectweb.asm.tree.analysis.Value {
    /** Made so that it cannot be changed. */
    static final String FIXED = "";

    private static final int MOST_ORIGINS = 24;
    static final Value ONE = new Value(1, Set.of(), null, false, null, false);
    static final Value TWO = new Value(2, Set.of(), null, false, null, false);
    static final Value CONSTANT = new Value(1, Set.of(), FIXED, false, null, false);
    private static final Value REQUESTED_ONE = new Value(1, Set.of(), null, true, null, false);
    private static final Value REQUESTED_TWO = new Value(2, Set.of(), null, true, null, false);

    static Value plain(int size, boolean requested) {
        return requested ? (size == 1 ? REQUESTED_ONE : REQUESTED_TWO) : size == 1 ? ONE : TWO;
    }

    static Value of(Set<Origin> origins, @Nullable String made, boolean requested, boolean view) {
        return origins.isEmpty() && made == null && !view
                ? plain(1, requested)
                : new Value(1, Set.copyOf(origins), made, requested, null, view);
    }

    Value loadedFrom(String field) {
        return new Value(size, origins, made, requested, field, view);
    }

    @Override
    public int getSize() {
        return size;
    }

    /** Either of two. */
    Value or(Value other) {
        if (this == other || this.equals(other)) {
            return this;
        }
        if (size != other.size) {
            return ONE;
        }
        Set<Origin> both = origins;
        if (other.origins != origins && !origins.containsAll(other.origins) && origins.size() < MOST_ORIGINS) {
            both = new LinkedHashSet<>(origins);
            both.addAll(other.origins);
            both = Set.copyOf(both);
        }
        Value merged = new Value(
                size,
                both,
                made == null || made.equals(other.made) ? made : other.made == null ? null : worse(made, other.made),
                requested || other.requested,
                loaded != null && loaded.equals(other.loaded) ? loaded : null,
                view && other.view);
        return merged.equals(this) ? this : merged;
    }

    private static @Nullable String worse(String one, String other) {
        return one.equals(FIXED) ? other : other.equals(FIXED) ? one : null;
    }
}
