package dev.sluice.war.check;

import dev.sluice.fork.report.SourceLocation;

/** A change that was seen, and where. */
record Seen(Effect effect, SourceLocation where) {
    Change change() {
        return effect.change();
    }

    /** Whether the field itself is assigned, and not what it holds changed. */
    boolean assigned() {
        return effect.steps() < 0 || effect.root().kind() == Root.Kind.PARAMETER && effect.steps() == 0;
    }
}
