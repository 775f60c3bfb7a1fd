package dev.sluice.fork.shape;

import dev.sluice.fork.report.Finding;

/** What a fork does with an object. */
public sealed interface Verdict permits Verdict.Immutable, Verdict.Shared, Verdict.Refused, Shape {

    Immutable IMMUTABLE = new Immutable();

    /** Shared, because nobody can change it; its content needs no look. */
    record Immutable() implements Verdict {}

    /** Shared on purpose. */
    record Shared(String reason) implements Verdict {}

    /** Must not be copied and is not meant to be shared. */
    record Refused(Finding.Kind kind, String problem, String advice) implements Verdict {}
}
