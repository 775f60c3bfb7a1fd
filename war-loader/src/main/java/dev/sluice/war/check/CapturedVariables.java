package dev.sluice.war.check;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.Finding.Kind;
import dev.sluice.fork.report.Finding.Severity;
import dev.sluice.fork.report.SourceLocation;
import dev.sluice.war.check.Knowledge.Nature;
import dev.sluice.war.check.Uses.KeptLambda;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/** Findings on variables that a kept lambda captured, with their names from the debug information. */
final class CapturedVariables {
    private final Map<String, ClassNode> classes;
    private final Uses uses;
    private final Mutability mutability;
    private final Singletons singletons;

    CapturedVariables(Map<String, ClassNode> classes, Uses uses, Mutability mutability, Singletons singletons) {
        this.classes = classes;
        this.uses = uses;
        this.mutability = mutability;
        this.singletons = singletons;
    }

    void check(KeptLambda lambda, List<Finding> findings) {
        Handle body = (Handle) lambda.made().bsmArgs[1];
        boolean instance = body.getTag() != Opcodes.H_INVOKESTATIC;
        Type[] captured = Type.getArgumentTypes(lambda.made().desc);
        int local = 0;
        for (int i = 0; i < captured.length; i++) {
            boolean receiver = i == 0 && instance;
            ClassNode owner = classes.get(body.getOwner());
            // The fields of a servlet, handler or bean have findings of their own.
            if (!(receiver && owner != null && singletons.is(owner))) {
                variable(lambda, body, captured[i], local, receiver, findings);
            }
            local += captured[i].getSize();
        }
    }

    private void variable(
            KeptLambda lambda, Handle body, Type type, int local, boolean receiver, List<Finding> findings) {
        Nature nature = mutability.type(type.getDescriptor());
        if (nature != Nature.MUTABLE && nature != Nature.BOUND) {
            return;
        }
        String name = receiver ? "this" : name(body, local);
        SourceLocation made = Uses.location(lambda.type(), lambda.method(), lambda.made());
        String path = lambda.type().name.replace('/', '.') + "." + lambda.method().name + " -> lambda." + name;
        String changed = changed(body, local);
        if (nature == Nature.BOUND) {
            findings.add(new Finding(
                    Severity.BLOCKER,
                    Kind.FORBIDDEN,
                    path,
                    type.getClassName(),
                    made,
                    "the lambda captured something that is bound to a resource or a position",
                    "open it inside the lambda"));
        } else if (changed != null) {
            findings.add(new Finding(
                    Severity.BLOCKER,
                    Kind.CAPTURED_VARIABLE,
                    path,
                    type.getClassName(),
                    made,
                    "the lambda captured a mutable value and changes it " + changed + ": all requests share it",
                    "move it into the template, or make it a local variable of the lambda"));
        } else {
            findings.add(new Finding(
                    Severity.NOTE,
                    Kind.CAPTURED_VARIABLE,
                    path,
                    type.getClassName(),
                    made,
                    "the lambda captured a mutable value and does not change it itself",
                    "capture an immutable value, so that it stays so"));
        }
    }

    private @Nullable String changed(Handle body, int local) {
        String key = Uses.key(body.getOwner(), body.getName(), body.getDesc());
        return uses.judged(Target.parameter(key, local)).stream()
                .filter(use -> use.kind() == Use.Kind.CHANGE)
                .findFirst()
                .map(use -> "in line " + use.where().line())
                .orElse(null);
    }

    private String name(Handle body, int local) {
        ClassNode owner = classes.get(body.getOwner());
        if (owner != null) {
            for (MethodNode method : owner.methods) {
                if (method.name.equals(body.getName())
                        && method.desc.equals(body.getDesc())
                        && method.localVariables != null) {
                    for (LocalVariableNode variable : method.localVariables) {
                        if (variable.index == local) {
                            return variable.name;
                        }
                    }
                }
            }
        }
        return "variable " + local;
    }
}
