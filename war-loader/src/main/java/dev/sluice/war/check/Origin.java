package dev.sluice.war.check;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a value is connected with its root: so many steps were taken from the root into what it holds, and what was found there was put
 * into so many new objects.
 *
 * @param field the field of the first step, {@code owner.name}; if that leads to the outer object of an inner class, the next one
 *     follows behind {@code >}; null if it was no field
 * @param steps how many, {@value #MOST} at most
 * @param wraps how many new objects are around it, {@value #MOST} at most
 * @param in the field of the outermost new object that holds it; null if that is not known
 */
record Origin(
        Root root,
        @Nullable String field,
        int steps,
        int wraps,
        @Nullable String in) {
    private static final int MOST = 3;

    /** Asked for more often than anything else. */
    @Override
    public int hashCode() {
        int fields = (field == null ? 0 : field.hashCode()) * 31 + (in == null ? 0 : in.hashCode());
        return (root.hashCode() * 31 + fields) * 31 + steps * 4 + wraps;
    }

    static Origin of(Root root) {
        return new Origin(root, null, 0, 0, null);
    }

    /** What one finds in the value; null if it cannot be what was put into it. */
    @Nullable
    Origin load(@Nullable String from) {
        if (wraps > 0) {
            return in != null && from != null && !simple(in).equals(simple(from))
                    ? null
                    : new Origin(root, field, steps, wraps - 1, null);
        }
        String first = field;
        if (steps == 0) {
            first = from;
        } else if (from != null && field != null && steps == 1 && outer(field)) {
            first = field + ">" + from;
        }
        return new Origin(root, first, Math.min(steps + 1, MOST), 0, null);
    }

    /** A new object that holds the value. */
    Origin wrap(@Nullable String into) {
        return new Origin(root, field, steps, Math.min(wraps + 1, MOST), into);
    }

    /** What this is when its root is a value with another origin. */
    @Nullable
    Origin from(Origin actual) {
        Origin at = actual;
        for (int i = 0; i < steps && at != null; i++) {
            at = at.load(step(i));
        }
        for (int i = 0; i < wraps && at != null; i++) {
            at = at.wrap(i == wraps - 1 ? in : null);
        }
        return at;
    }

    /** The field of a step, if it is known. */
    private @Nullable String step(int number) {
        if (field == null || number > 1) {
            return null;
        }
        int next = field.indexOf('>');
        if (number == 0) {
            return next < 0 ? field : field.substring(0, next);
        }
        return next < 0 ? null : field.substring(next + 1);
    }

    /** Whether the value is the root itself or inside it, and not only something new around it. */
    boolean bare() {
        return wraps == 0;
    }

    private static String simple(String field) {
        return field.substring(field.lastIndexOf('.') + 1);
    }

    /** Whether a field holds the outer object of an inner class. */
    static boolean outer(String field) {
        return simple(field).startsWith("this$");
    }

    static Set<Origin> load(Set<Origin> all, @Nullable String field) {
        Set<Origin> loaded = new LinkedHashSet<>();
        for (Origin origin : all) {
            Origin next = origin.load(field);
            if (next != null) {
                loaded.add(next);
            }
        }
        return loaded;
    }

    static Set<Origin> wrap(Set<Origin> all, @Nullable String field) {
        Set<Origin> wrapped = new LinkedHashSet<>();
        all.forEach(origin -> wrapped.add(origin.wrap(field)));
        return wrapped;
    }
}
