package dev.sluice.war.check;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.Finding.Kind;
import dev.sluice.fork.report.Finding.Severity;
import dev.sluice.fork.report.SourceLocation;
import dev.sluice.war.check.ClassTable.FieldFacts;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/** What the changes that requests make to a field, or to what it holds, mean. */
final class Judgement {
    private Judgement() {}

    /** The finding on a field that requests change; null if they do not. */
    static @Nullable Finding of(
            FieldFacts field, List<Seen> late, String what, Kind kind, String advice, Evidence evidence) {
        Optional<Seen> leak = first(late, seen -> seen.change().leaks());
        if (leak.isPresent()) {
            boolean assigned = leak.get().assigned();
            String problem = assigned ? " is assigned" : " holds a value that is changed";
            return finding(field, Severity.BLOCKER, kind, leak.get().where(), what + problem + " after start", advice);
        }
        Optional<Seen> cached = first(late, seen -> seen.change() == Change.CACHE);
        if (cached.isPresent()) {
            return evidence.sharing().threadSafe(field)
                    ? finding(
                            field,
                            Severity.NOTE,
                            kind,
                            cached.get().where(),
                            "a cache that requests share: what is in it follows from the keys",
                            "leave it so, or annotate it with @Shared to say that it is on purpose")
                    : finding(
                            field,
                            Severity.BLOCKER,
                            kind,
                            cached.get().where(),
                            what + " holds a map that requests change and that is not made for threads",
                            "use a ConcurrentHashMap, or move it into the template, so that each request has its own");
        }
        Optional<Seen> counted = first(late, seen -> seen.change() == Change.COUNT);
        if (counted.isPresent()) {
            return finding(
                    field,
                    Severity.NOTE,
                    kind,
                    counted.get().where(),
                    "a counter made for threads, which all requests add to",
                    "leave it so, or move it into the template if each request is to have its own");
        }
        Optional<Seen> lazy = first(late, seen -> seen.change() == Change.LAZY);
        return lazy.map(seen -> finding(
                        field,
                        Severity.WARNING,
                        kind,
                        seen.where(),
                        what + (seen.assigned() ? " is set" : " holds a value that is completed")
                                + " by the first request that finds it empty, to what is the same for all",
                        "set it at start, so that no two requests do it at once"))
                .orElse(null);
    }

    static Optional<Seen> first(List<Seen> all, Predicate<Seen> wanted) {
        return all.stream().filter(wanted).findFirst();
    }

    static Finding finding(
            FieldFacts field,
            Severity severity,
            Kind kind,
            @Nullable SourceLocation where,
            String problem,
            String advice) {
        return new Finding(
                severity, kind, path(field), Type.getType(field.descriptor()).getClassName(), where, problem, advice);
    }

    /** The field as reports name it; what an inner class captured has the variable's name. */
    static String path(FieldFacts field) {
        String name = field.name().startsWith("val$") ? field.name().substring(4) : field.name();
        return field.owner().replace('/', '.') + "." + name;
    }
}
