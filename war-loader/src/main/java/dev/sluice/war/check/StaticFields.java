package dev.sluice.war.check;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.Finding.Kind;
import dev.sluice.fork.report.Finding.Severity;
import dev.sluice.fork.report.SourceLocation;
import dev.sluice.war.check.Knowledge.Nature;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/** Findings on static fields: those that are assigned, and those whose values can be changed. */
final class StaticFields {
    private static final String MOVE =
            "move it into the template, so that each request has its own, or make it immutable";

    private final Uses uses;
    private final Mutability mutability;

    StaticFields(Uses uses, Mutability mutability) {
        this.uses = uses;
        this.mutability = mutability;
    }

    void check(ClassNode type, List<Finding> findings) {
        for (FieldNode field : type.fields) {
            boolean relevant = (field.access & Opcodes.ACC_STATIC) != 0
                    && (field.access & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_ENUM)) == 0
                    && !field.name.startsWith("$");
            if (relevant) {
                new Check(type, field).run(findings);
            }
        }
    }

    /** One field. */
    private final class Check {
        private final ClassNode type;
        private final FieldNode field;
        private final Target target;
        private final List<Use> judged;

        Check(ClassNode type, FieldNode field) {
            this.type = type;
            this.field = field;
            this.target = Target.staticField(type.name, field.name);
            this.judged = uses.judged(target);
        }

        void run(List<Finding> findings) {
            if ((field.access & Opcodes.ACC_FINAL) != 0 || !assignable(findings)) {
                value(findings);
            }
        }

        private Optional<Use> first(Predicate<Use> wanted) {
            return judged.stream().filter(wanted).findFirst();
        }

        /** Findings on the field as a variable; false if nothing assigns it but the class's own initialisation. */
        private boolean assignable(List<Finding> findings) {
            Optional<Use> late = first(use -> use.kind() == Use.Kind.ASSIGN && use.late());
            if (late.isPresent()) {
                findings.add(finding(
                        Severity.BLOCKER,
                        Kind.STATIC_FIELD,
                        late.get().where(),
                        "a static field that is assigned after its class was initialised: all requests share it",
                        MOVE));
                return true;
            }
            Optional<Use> start = first(use -> use.kind() == Use.Kind.ASSIGN && use.phase() != Use.Phase.CLASS);
            if (start.isPresent()) {
                findings.add(
                        finding(
                                Severity.WARNING,
                                Kind.STATIC_FIELD,
                                start.get().where(),
                                "a static field that is assigned while the application starts",
                                "pass the value on instead, so that no request can see it before it is there or change it later"));
            } else if ((field.access & Opcodes.ACC_PRIVATE) == 0) {
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
            Nature nature = mutability.of(target, field);
            switch (nature) {
                case PER_THREAD ->
                    findings.add(
                            finding(
                                    Severity.WARNING,
                                    Kind.STATIC_VALUE,
                                    null,
                                    "a value per thread, which the next request on the thread finds",
                                    "put it into the request's attributes or its handler context, or remove it in a finally block"));
                case BOUND ->
                    findings.add(finding(
                            Severity.BLOCKER,
                            Kind.STATIC_VALUE,
                            null,
                            "all requests share something that is bound to a resource or a position",
                            "open it in each request, or share a pool"));
                case MUTABLE -> mutable(findings);
                default -> {}
            }
        }

        private void mutable(List<Finding> findings) {
            boolean own = Type.getType(field.desc).getSort() == Type.OBJECT
                    && Type.getType(field.desc).getInternalName().equals(type.name);
            Kind kind = own ? Kind.SINGLETON : Kind.STATIC_VALUE;
            Optional<Use> change = first(use -> use.kind() == Use.Kind.CHANGE && use.late());
            Optional<Use> handOut = first(use -> use.kind() == Use.Kind.HAND_OUT && use.late());
            if (change.isPresent()) {
                findings.add(finding(
                        Severity.BLOCKER,
                        kind,
                        change.get().where(),
                        "a mutable value that is changed after initialisation: all requests share it",
                        MOVE));
            } else if (handOut.isPresent()) {
                findings.add(finding(
                        Severity.WARNING,
                        kind,
                        handOut.get().where(),
                        "a mutable value that is handed out, so that others may change it",
                        own ? MOVE : "hand out a copy, or hold an immutable value (List.copyOf, Map.copyOf)"));
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
                Severity severity, Kind kind, @Nullable SourceLocation where, String problem, String advice) {
            String path = type.name.replace('/', '.') + "." + field.name;
            return new Finding(severity, kind, path, Type.getType(field.desc).getClassName(), where, problem, advice);
        }
    }
}
