package dev.sluice.war.check;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.Finding.Kind;
import dev.sluice.fork.report.Finding.Severity;
import dev.sluice.fork.report.SourceLocation;
import dev.sluice.war.check.ClassTable.ClassFacts;
import dev.sluice.war.check.ClassTable.FieldFacts;
import dev.sluice.war.check.Knowledge.Nature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Findings on static fields: those that are assigned, and those whose values can be changed. */
final class StaticFields {
    private static final String MOVE =
            "move it into the template, so that each request has its own, or make it immutable";

    private final Evidence evidence;
    private final Map<String, List<Seen>> late = new HashMap<>();
    private final Map<String, List<Seen>> early = new HashMap<>();
    private final Map<String, SourceLocation> handedOut = new HashMap<>();
    private final Map<String, SourceLocation> used = new HashMap<>();

    StaticFields(Evidence evidence) {
        this.evidence = evidence;
        for (MethodFacts method : evidence.table().methods()) {
            boolean inRequest = evidence.phases().late(method);
            evidence.summaries().of(method).effects.forEach((effect, where) -> {
                if (effect.root().kind() == Root.Kind.STATIC) {
                    add(inRequest ? late : early, new Seen(effect, where));
                }
            });
            if (inRequest) {
                handedOut(method);
                method.reads.forEach(
                        read -> used.putIfAbsent(name(read.field()), Summaries.location(method, read.line())));
            }
        }
    }

    private void add(Map<String, List<Seen>> all, Seen seen) {
        all.computeIfAbsent(name(seen.effect().root().name()), key -> new ArrayList<>())
                .add(seen);
    }

    /** What a method returns that nobody is seen to call may be changed by whoever does. */
    private void handedOut(MethodFacts method) {
        boolean visible = (method.access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC)) == 0;
        if (visible && evidence.summaries().callers(method).isEmpty()) {
            for (Origin origin : evidence.summaries().of(method).returned) {
                if (origin.root().kind() == Root.Kind.STATIC && origin.bare() && origin.steps() == 0) {
                    handedOut.putIfAbsent(name(origin.root().name()), Summaries.location(method, method.returnLine));
                }
            }
        }
    }

    private String name(String field) {
        FieldFacts known = evidence.table().field(field);
        return known == null ? field : known.owner() + "." + known.name();
    }

    void check(ClassFacts type, List<Finding> findings) {
        for (FieldFacts field : type.fields().values()) {
            boolean generated = (field.access() & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_ENUM)) != 0
                    || field.name().startsWith("$");
            if (field.isStatic() && !generated) {
                new Check(field).run(findings);
            } else if (!field.isStatic() && !generated) {
                misplaced(field, findings);
            }
        }
    }

    /** A field that says that it is shared on purpose, and holds what is not made for threads. */
    private void misplaced(FieldFacts field, List<Finding> findings) {
        Judgement.first(late.getOrDefault(field.owner() + "." + field.name(), List.of()), seen -> true)
                .ifPresent(seen -> findings.add(Judgement.finding(
                        field,
                        Severity.BLOCKER,
                        Kind.SINGLETON,
                        seen.where(),
                        "all forks share it by annotation, and requests change a value that is not made for threads",
                        "hold a concurrent collection, or leave the annotation out, so that each fork has its own")));
    }

    /** One field. */
    private final class Check {
        private final FieldFacts field;
        private final List<Seen> inRequests;
        private final List<Seen> before;
        private final Kind kind;

        Check(FieldFacts field) {
            this.field = field;
            String name = field.owner() + "." + field.name();
            this.inRequests = late.getOrDefault(name, List.of());
            this.before = early.getOrDefault(name, List.of());
            boolean own = field.descriptor().equals("L" + field.owner() + ";");
            this.kind = own ? Kind.SINGLETON : Kind.STATIC_VALUE;
        }

        void run(List<Finding> findings) {
            if (Sharing.isFinal(field) || !assignable(findings)) {
                value(findings);
            }
        }

        /** Findings on the field as a variable; true if requests assign it. */
        private boolean assignable(List<Finding> findings) {
            Optional<Seen> assigned = Judgement.first(
                    inRequests, seen -> seen.assigned() && seen.change().leaks());
            if (assigned.isPresent()) {
                findings.add(finding(
                        Severity.BLOCKER,
                        Kind.STATIC_FIELD,
                        assigned.get().where(),
                        "a static field that is assigned after its class was initialised: all requests share it",
                        MOVE));
                return true;
            }
            Optional<Seen> start = Judgement.first(
                    before,
                    seen -> seen.assigned() && !"<clinit>".equals(seen.where().method()));
            if (start.isPresent()) {
                findings.add(
                        finding(
                                Severity.WARNING,
                                Kind.STATIC_FIELD,
                                start.get().where(),
                                "a static field that is assigned while the application starts",
                                "pass the value on instead, so that no request can see it before it is there or change it later"));
            } else if ((field.access() & Opcodes.ACC_PRIVATE) == 0
                    && inRequests.stream().noneMatch(Seen::assigned)) {
                findings.add(finding(
                        Severity.NOTE,
                        Kind.STATIC_FIELD,
                        null,
                        "a static field that others could assign, and nobody does",
                        "make it final"));
            }
            return false;
        }

        private void value(List<Finding> findings) {
            Nature nature = evidence.natures().of(field);
            switch (nature) {
                case PER_THREAD -> perThread(findings);
                case BOUND ->
                    findings.add(finding(
                            Severity.BLOCKER,
                            Kind.STATIC_VALUE,
                            place(),
                            "all requests share something that is bound to a resource or a position",
                            "open it in each request, or share a pool"));
                default -> mutable(findings, nature == Nature.MUTABLE);
            }
        }

        private @Nullable SourceLocation place() {
            return inRequests.isEmpty()
                    ? used.get(field.owner() + "." + field.name())
                    : inRequests.get(0).where();
        }

        private void perThread(List<Finding> findings) {
            Optional<Seen> set =
                    Judgement.first(inRequests, seen -> seen.change().leaks());
            boolean removed = inRequests.stream().anyMatch(seen -> seen.change() == Change.CACHE);
            String problem = "a value per thread, which the next request on the thread finds";
            String advice =
                    "put it into the request's attributes or its handler context, or remove it in a finally block";
            if (set.isPresent() && removed) {
                findings.add(finding(
                        Severity.NOTE,
                        Kind.STATIC_VALUE,
                        set.get().where(),
                        "a value per thread, which requests set and remove",
                        "see that it is removed in a finally block"));
            } else {
                findings.add(finding(
                        set.isPresent() ? Severity.BLOCKER : Severity.WARNING,
                        Kind.STATIC_VALUE,
                        set.map(Seen::where).orElse(null),
                        problem,
                        advice));
            }
        }

        private void mutable(List<Finding> findings, boolean known) {
            Finding changed = Judgement.of(
                    field,
                    inRequests,
                    kind == Kind.SINGLETON
                            ? "the one object of its class, which all requests share,"
                            : "a static field, which all requests share,",
                    kind,
                    MOVE,
                    evidence);
            SourceLocation out = Judgement.first(inRequests, seen -> seen.change() == Change.HAND_OUT)
                    .map(Seen::where)
                    .orElse(handedOut.get(field.owner() + "." + field.name()));
            if (changed != null) {
                findings.add(changed);
            } else if (!known
                    || evidence.sharing()
                            .shared(Type.getType(field.descriptor())
                                    .getClassName()
                                    .replace('.', '/'))
                    || field.shared()) {
                return;
            } else if (out != null) {
                findings.add(finding(
                        Severity.WARNING,
                        kind,
                        out,
                        "a mutable value that is handed out, so that others may change it",
                        kind == Kind.SINGLETON
                                ? MOVE
                                : "hand out a copy, or hold an immutable value (List.copyOf, Map.copyOf)"));
            } else {
                findings.add(finding(
                        Severity.NOTE,
                        kind,
                        null,
                        "a mutable value that is only read",
                        "hold an immutable value (List.copyOf, Map.copyOf, a record), so that it stays so"));
            }
        }

        private Finding finding(
                Severity severity, Kind sort, @Nullable SourceLocation where, String problem, String advice) {
            return Judgement.finding(field, severity, sort, where, problem, advice);
        }
    }
}
