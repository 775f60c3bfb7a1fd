package dev.sluice.war.check;

import dev.sluice.war.check.MethodFacts.Invocation;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Methods of libraries that are looked at without following values: who calls whom, and what cannot be seen. */
final class Outline {
    private Outline() {}

    /** Whether values have to be followed: the method touches a static field that can change, or may run on a shared object. */
    static boolean needsFrames(ClassNode type, MethodNode method) {
        boolean single = Singletons.known(type);
        for (AbstractInsnNode at = method.instructions.getFirst(); at != null; at = at.getNext()) {
            if (at instanceof FieldInsnNode field) {
                boolean read = at.getOpcode() == Opcodes.GETSTATIC
                        && ValueInterpreter.changeable(Type.getType(field.desc))
                        && !method.name.equals("<clinit>");
                if (at.getOpcode() == Opcodes.PUTSTATIC || read || single) {
                    return true;
                }
            }
        }
        return false;
    }

    static void calls(ClassNode type, MethodNode method, MethodFacts facts, BlindSpots blind) {
        for (AbstractInsnNode at = method.instructions.getFirst(); at != null; at = at.getNext()) {
            if (at instanceof MethodInsnNode call) {
                blind.call(call, facts, 0);
                if (call.owner.equals(type.name)
                        || call.getOpcode() == Opcodes.INVOKESTATIC && !Knowledge.library(call.owner)) {
                    facts.calls.add(
                            new Invocation(call.owner, call.name, call.desc, true, true, false, List.of(), -1, 0));
                }
            }
        }
    }
}
