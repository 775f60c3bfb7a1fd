package dev.sluice.war.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Follows values through local variables, copies and casts back to the field or parameter that they come from. */
final class Origins extends SourceInterpreter {
    private final String method;
    private final Map<AbstractInsnNode, Integer> parameters = new HashMap<>();

    Origins(String method) {
        super(Opcodes.ASM9);
        this.method = method;
    }

    @Override
    public SourceValue newParameterValue(boolean instanceMethod, int local, Type type) {
        VarInsnNode marker = new VarInsnNode(Opcodes.ALOAD, local);
        parameters.put(marker, local);
        return new SourceValue(type.getSize(), marker);
    }

    @Override
    public SourceValue copyOperation(AbstractInsnNode instruction, SourceValue value) {
        return value;
    }

    @Override
    public SourceValue unaryOperation(AbstractInsnNode instruction, SourceValue value) {
        return instruction.getOpcode() == Opcodes.CHECKCAST ? value : super.unaryOperation(instruction, value);
    }

    /** Where a value may come from. */
    List<Target> of(SourceValue value) {
        List<Target> all = new ArrayList<>();
        for (AbstractInsnNode source : value.insns) {
            Integer parameter = parameters.get(source);
            if (parameter != null) {
                all.add(Target.parameter(method, parameter));
            } else if (source instanceof FieldInsnNode field) {
                all.add(new Target(
                        source.getOpcode() == Opcodes.GETSTATIC ? Target.Kind.STATIC : Target.Kind.FIELD,
                        field.owner,
                        field.name));
            }
        }
        return all;
    }
}
