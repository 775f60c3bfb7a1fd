package dev.sluice.war.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Interpreter;

/** Follows values through a method: from parameters, static fields, new objects and calls. For one method. */
final class ValueInterpreter extends Interpreter<Value> {
    /** Begins the made of a field updater, before the field's name. */
    static final String UPDATER = "updater ";

    private final MethodNode method;
    private int parameters;

    ValueInterpreter(MethodNode method) {
        super(Opcodes.ASM9);
        this.method = method;
    }

    /** Whether values of a type can be changed or hold what can, as far as its name tells. */
    static boolean changeable(Type type) {
        return type.getSort() == Type.ARRAY
                || type.getSort() == Type.OBJECT
                        && (Knowledge.nature(type.getInternalName()) != Knowledge.Nature.HARMLESS
                                || Knowledge.holder(type.getInternalName()));
    }

    @Override
    public @Nullable Value newValue(@Nullable Type type) {
        if (type == null) {
            return Value.ONE;
        }
        return type == Type.VOID_TYPE ? null : Value.plain(type.getSize(), false);
    }

    @Override
    public Value newParameterValue(boolean instance, int local, Type type) {
        int ordinal = parameters++;
        boolean requested = !(instance && ordinal == 0);
        return changeable(type)
                ? Value.of(Set.of(Origin.of(new Root(Root.Kind.PARAMETER, "", ordinal))), null, requested, false)
                : Value.plain(type.getSize(), requested);
    }

    @Override
    public Value newExceptionValue(
            org.objectweb.asm.tree.TryCatchBlockNode block,
            org.objectweb.asm.tree.analysis.Frame<Value> frame,
            Type type) {
        return Value.ONE;
    }

    private int index(AbstractInsnNode instruction) {
        return method.instructions.indexOf(instruction);
    }

    private Value made(AbstractInsnNode instruction, String type) {
        return Value.of(Set.of(Origin.of(new Root(Root.Kind.MADE, type, index(instruction)))), type, false, false);
    }

    @Override
    public Value newOperation(AbstractInsnNode instruction) {
        switch (instruction.getOpcode()) {
            case Opcodes.GETSTATIC -> {
                FieldInsnNode field = (FieldInsnNode) instruction;
                Type type = Type.getType(field.desc);
                String name = field.owner + "." + field.name;
                Value value = changeable(type)
                        ? Value.of(Set.of(Origin.of(new Root(Root.Kind.STATIC, name, 0))), null, false, false)
                        : Value.plain(type.getSize(), false);
                return value.loadedFrom(name);
            }
            case Opcodes.NEW -> {
                return made(instruction, ((TypeInsnNode) instruction).desc);
            }
            case Opcodes.LCONST_0, Opcodes.LCONST_1, Opcodes.DCONST_0, Opcodes.DCONST_1 -> {
                return Value.TWO;
            }
            case Opcodes.LDC -> {
                Object constant = ((org.objectweb.asm.tree.LdcInsnNode) instruction).cst;
                return constant instanceof Long || constant instanceof Double ? Value.TWO : Value.CONSTANT;
            }
            default -> {
                return Value.CONSTANT;
            }
        }
    }

    @Override
    public Value copyOperation(AbstractInsnNode instruction, Value value) {
        return value;
    }

    @Override
    public @Nullable Value unaryOperation(AbstractInsnNode instruction, Value value) {
        switch (instruction.getOpcode()) {
            case Opcodes.GETFIELD -> {
                FieldInsnNode field = (FieldInsnNode) instruction;
                Type type = Type.getType(field.desc);
                String name = field.owner + "." + field.name;
                Value loaded = changeable(type)
                        ? Value.of(Origin.load(value.origins(), name), null, value.requested(), false)
                        : Value.plain(type.getSize(), value.requested());
                return loaded.loadedFrom(name);
            }
            case Opcodes.CHECKCAST -> {
                return changeable(Type.getObjectType(((TypeInsnNode) instruction).desc))
                        ? value
                        : Value.plain(1, value.requested());
            }
            case Opcodes.NEWARRAY, Opcodes.ANEWARRAY -> {
                return made(instruction, "[");
            }
            case Opcodes.LNEG,
                    Opcodes.DNEG,
                    Opcodes.I2L,
                    Opcodes.I2D,
                    Opcodes.F2L,
                    Opcodes.F2D,
                    Opcodes.L2D,
                    Opcodes.D2L -> {
                return Value.plain(2, value.requested());
            }
            default -> {
                return Value.plain(1, value.requested());
            }
        }
    }

    @Override
    public @Nullable Value binaryOperation(AbstractInsnNode instruction, Value one, Value two) {
        int opcode = instruction.getOpcode();
        boolean requested = one.requested() || two.requested();
        return switch (opcode) {
            case Opcodes.AALOAD -> Value.of(Origin.load(one.origins(), null), null, requested, false);
            case Opcodes.LALOAD,
                    Opcodes.DALOAD,
                    Opcodes.LADD,
                    Opcodes.DADD,
                    Opcodes.LSUB,
                    Opcodes.DSUB,
                    Opcodes.LMUL,
                    Opcodes.DMUL,
                    Opcodes.LDIV,
                    Opcodes.DDIV,
                    Opcodes.LREM,
                    Opcodes.DREM,
                    Opcodes.LSHL,
                    Opcodes.LSHR,
                    Opcodes.LUSHR,
                    Opcodes.LAND,
                    Opcodes.LOR,
                    Opcodes.LXOR -> Value.plain(2, requested);
            default -> Value.plain(1, requested);
        };
    }

    @Override
    public @Nullable Value ternaryOperation(AbstractInsnNode instruction, Value one, Value two, Value three) {
        return null;
    }

    @Override
    public @Nullable Value naryOperation(AbstractInsnNode instruction, List<? extends Value> values) {
        if (instruction instanceof MultiANewArrayInsnNode) {
            return made(instruction, "[");
        }
        boolean requested = values.stream().anyMatch(Value::requested);
        if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            Type type = Type.getReturnType(dynamic.desc);
            return lambda(dynamic)
                    ? new Value(
                            1, made(instruction, type.getInternalName()).origins(), Value.FIXED, requested, null, false)
                    : Value.plain(type.getSize(), requested);
        }
        MethodInsnNode call = (MethodInsnNode) instruction;
        Type type = Type.getReturnType(call.desc);
        if (type.getSort() == Type.VOID) {
            return Value.ONE;
        }
        boolean unmodifiable = Knowledge.unmodifiable(call.owner, call.name);
        if (call.name.equals("newUpdater") && before(call) instanceof org.objectweb.asm.tree.LdcInsnNode constant) {
            return new Value(1, Set.of(), UPDATER + constant.cst, requested, null, false);
        }
        if (!changeable(type)) {
            return Value.plain(type.getSize(), requested);
        }
        boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
        if (Knowledge.context(call.owner, call.name)) {
            return Value.of(Set.of(Origin.of(Root.CONTEXT)), null, false, false);
        }
        if (!Knowledge.library(call.owner)) {
            return Value.of(
                    Set.of(Origin.of(new Root(Root.Kind.RESULT, "", index(instruction)))), null, requested, false);
        }
        LibraryCall model = LibraryCall.of(call.owner, call.name, call.desc, isStatic);
        Set<Origin> result = result(model, values.stream().map(Value::origins).toList(), isStatic);
        String made = unmodifiable ? Value.FIXED : Knowledge.madeBy(call.owner, call.name, type);
        return Value.of(result, made, requested, model.result() == LibraryCall.Result.RECEIVER);
    }

    /** The instruction before another one, without labels and lines. */
    static @Nullable AbstractInsnNode before(AbstractInsnNode instruction) {
        AbstractInsnNode at = instruction.getPrevious();
        while (at != null && at.getOpcode() < 0) {
            at = at.getPrevious();
        }
        return at;
    }

    /** Where the result of a library's method comes from. */
    static Set<Origin> result(LibraryCall model, List<Set<Origin>> arguments, boolean isStatic) {
        Set<Origin> receiver = isStatic || arguments.isEmpty() ? Set.of() : arguments.get(0);
        Set<Origin> first = arguments.size() > (isStatic ? 0 : 1) ? arguments.get(isStatic ? 0 : 1) : Set.of();
        return switch (model.result()) {
            case NEW -> Set.of();
            case RECEIVER -> receiver;
            case INSIDE -> Origin.load(receiver, null);
            case COPY -> Origin.wrap(Origin.load(receiver, null), null);
            case ARGUMENT -> first;
            case COPY_OF_ARGUMENT -> Origin.wrap(Origin.load(first, null), null);
            case HOLDER -> {
                Set<Origin> all = new LinkedHashSet<>();
                arguments.forEach(argument -> all.addAll(Origin.wrap(argument, null)));
                yield all;
            }
            case EXTENDED -> {
                Set<Origin> all = new LinkedHashSet<>(receiver);
                arguments.stream().skip(1).forEach(argument -> all.addAll(Origin.wrap(argument, null)));
                yield all;
            }
        };
    }

    /** Whether an instruction makes a lambda or method reference. */
    static boolean lambda(InvokeDynamicInsnNode dynamic) {
        return dynamic.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory");
    }

    @Override
    public void returnOperation(AbstractInsnNode instruction, Value value, Value expected) {}

    @Override
    public Value merge(Value one, Value two) {
        return one.or(two);
    }
}
