package dev.sluice.war.check;

import dev.sluice.fork.report.SourceLocation;
import org.jspecify.annotations.Nullable;

/**
 * A change of something that a method was given or that all share.
 *
 * @param root a parameter, a static field or the servlet context
 * @param field the field of the first step from the root, or the assigned field of the root itself; null if there is none
 * @param steps how far inside the root it is
 */
record Effect(Root root, @Nullable String field, int steps, Change change) {
    /** The field to show: of an inner class that changes its outer object, the outer one's. */
    @Nullable
    String shown() {
        return field == null ? null : field.substring(field.indexOf('>') + 1);
    }

    /** An effect with the place in the source where it happens. */
    record At(Effect effect, SourceLocation where) {}
}
