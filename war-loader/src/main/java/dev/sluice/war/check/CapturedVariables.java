package dev.sluice.war.check;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.Finding.Kind;
import dev.sluice.fork.report.Finding.Severity;
import dev.sluice.fork.report.SourceLocation;
import dev.sluice.war.check.ClassTable.ClassFacts;
import dev.sluice.war.check.Knowledge.Nature;
import dev.sluice.war.check.MethodFacts.Escape;
import dev.sluice.war.check.MethodFacts.KeptLambda;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Findings on variables that a kept lambda captured, with their names from the debug information. */
final class CapturedVariables {
    private final Evidence evidence;
    private final Singletons singletons;

    CapturedVariables(Evidence evidence, Singletons singletons) {
        this.evidence = evidence;
        this.singletons = singletons;
    }

    void check(MethodFacts method, List<Finding> findings) {
        for (KeptLambda lambda : method.lambdas) {
            Set<Escape.Where> kept = evidence.phases().kept(method, lambda);
            if (kept.contains(Escape.Where.CONTAINER)) {
                check(method, lambda, findings);
            }
        }
    }

    private void check(MethodFacts method, KeptLambda lambda, List<Finding> findings) {
        Handle body = lambda.body();
        boolean instance = body.getTag() != Opcodes.H_INVOKESTATIC;
        for (int i = 0; i < lambda.types().size(); i++) {
            boolean receiver = i == 0 && instance;
            ClassFacts owner = evidence.table().find(body.getOwner());
            // The fields of a servlet, handler or bean have findings of their own.
            if (!(receiver && owner != null && singletons.is(owner))) {
                variable(method, lambda, i, receiver, findings);
            }
        }
    }

    private void variable(MethodFacts method, KeptLambda lambda, int place, boolean receiver, List<Finding> findings) {
        String type = lambda.types().get(place);
        Nature nature = evidence.natures().type(type);
        Handle body = lambda.body();
        MethodFacts code = evidence.table().resolve(body.getOwner(), body.getName() + body.getDesc());
        SourceLocation changed = code == null ? null : changed(code, place, new LinkedHashSet<>());
        if (changed == null && nature != Nature.MUTABLE && nature != Nature.BOUND) {
            return;
        }
        String name = receiver
                ? "this"
                : code != null && place < code.parameterNames.size()
                        ? code.parameterNames.get(place)
                        : "variable " + place;
        SourceLocation made = Summaries.location(method, lambda.line());
        String path = method.owner.replace('/', '.') + "." + method.name + " -> lambda." + name;
        String className = Type.getType(type).getClassName();
        if (nature == Nature.BOUND) {
            findings.add(new Finding(
                    Severity.BLOCKER,
                    Kind.FORBIDDEN,
                    path,
                    className,
                    made,
                    "the lambda captured something that is bound to a resource or a position",
                    "open it inside the lambda"));
        } else if (changed != null) {
            findings.add(new Finding(
                    Severity.BLOCKER,
                    Kind.CAPTURED_VARIABLE,
                    path,
                    className,
                    made,
                    "the lambda captured a mutable value and changes it in line " + changed.line()
                            + place(changed, made) + ": all requests share it",
                    "publish it in a template and fork that, or make it a local variable of the lambda"));
        } else {
            findings.add(new Finding(
                    Severity.NOTE,
                    Kind.CAPTURED_VARIABLE,
                    path,
                    className,
                    made,
                    "the lambda captured a mutable value and does not change it itself",
                    "capture an immutable value, so that it stays so"));
        }
    }

    private static String place(SourceLocation changed, SourceLocation made) {
        return changed.className().equals(made.className()) ? "" : " of " + changed.className();
    }

    /** Where the code of a lambda, or a lambda made in it, changes what was captured; null if it does not. */
    private @Nullable SourceLocation changed(MethodFacts code, int place, Set<MethodFacts> seen) {
        if (!seen.add(code)) {
            return null;
        }
        for (Map.Entry<Effect, SourceLocation> entry :
                evidence.summaries().of(code).effects.entrySet()) {
            Effect effect = entry.getKey();
            boolean unsafe = effect.change().leaks() || effect.change() == Change.CACHE;
            if (effect.root().kind() == Root.Kind.PARAMETER && effect.root().index() == place && unsafe) {
                return entry.getValue();
            }
        }
        return null;
    }
}
