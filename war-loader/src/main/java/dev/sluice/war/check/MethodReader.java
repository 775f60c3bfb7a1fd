package dev.sluice.war.check;

import dev.sluice.war.check.MethodFacts.Escape;
import dev.sluice.war.check.MethodFacts.Invocation;
import dev.sluice.war.check.MethodFacts.KeptLambda;
import dev.sluice.war.check.MethodFacts.StaticRead;
import dev.sluice.war.check.MethodFacts.StaticWrite;
import dev.sluice.war.check.MethodFacts.Store;
import dev.sluice.war.check.MethodFacts.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/** Reads one method of a class file. For one thread. */
final class MethodReader {
    private final MethodNode method;
    private final MethodFacts facts;
    private final BlindSpots blind;
    private final Map<Integer, KeptLambda> lambdas = new HashMap<>();
    private final Map<Integer, Boolean> requestedMade = new HashMap<>();
    private final Set<String> guards = new HashSet<>();
    private int line;

    private MethodReader(ClassNode type, MethodNode method, BlindSpots blind) {
        this.method = method;
        this.blind = blind;
        this.facts = new MethodFacts(
                type.name,
                method.name,
                method.desc,
                method.access,
                type.sourceFile,
                startAnnotated(method),
                parameterNames(method));
    }

    /** What a method does; what cannot be told about it goes to the blind spots. */
    static MethodFacts read(ClassNode type, MethodNode method, Depth depth, BlindSpots blind) {
        MethodReader reader = new MethodReader(type, method, blind);
        if (depth == Depth.OUTLINE && !Outline.needsFrames(type, method)) {
            Outline.calls(type, method, reader.facts, blind);
            reader.facts.outlined = true;
            return reader.facts;
        }
        if ((method.access & Opcodes.ACC_NATIVE) != 0) {
            blind.add(BlindSpots.Kind.NATIVE, reader.facts, 0);
        }
        if ((method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0) {
            try {
                Frame<Value>[] frames = new Analyzer<>(new ValueInterpreter(method)).analyze(type.name, method);
                reader.guards(frames);
                reader.read(frames);
            } catch (AnalyzerException | RuntimeException e) {
                reader.facts.unreadable = true;
                blind.add(BlindSpots.Kind.UNREADABLE, reader.facts, 0);
            }
        }
        return reader.facts;
    }

    /** The names of a lambda's parameters; those of other methods are not needed. */
    private static List<String> parameterNames(MethodNode method) {
        if ((method.access & Opcodes.ACC_SYNTHETIC) == 0 || method.localVariables == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        int local = 0;
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            names.add("this");
            local++;
        }
        for (Type type : Type.getArgumentTypes(method.desc)) {
            int slot = local;
            names.add(method.localVariables.stream()
                    .filter(variable -> variable.index == slot)
                    .findFirst()
                    .map(variable -> variable.name)
                    .orElse("variable " + slot));
            local += type.getSize();
        }
        return names;
    }

    private static boolean startAnnotated(MethodNode method) {
        if (method.visibleAnnotations == null) {
            return false;
        }
        for (AnnotationNode annotation : method.visibleAnnotations) {
            if (Knowledge.startAnnotation(annotation.desc)) {
                return true;
            }
        }
        return false;
    }

    /** The fields that the method asks whether they are empty. */
    private void guards(Frame<Value>[] frames) {
        for (int i = 0; i < frames.length; i++) {
            int opcode = method.instructions.get(i).getOpcode();
            boolean asks = opcode == Opcodes.IFNULL
                    || opcode == Opcodes.IFNONNULL
                    || opcode == Opcodes.IFEQ
                    || opcode == Opcodes.IFNE;
            if (asks && frames[i] != null && frames[i].getStackSize() > 0) {
                String field = frames[i].getStack(frames[i].getStackSize() - 1).loaded();
                if (field != null) {
                    guards.add(field);
                }
            }
        }
    }

    private void read(Frame<Value>[] frames) {
        for (int i = 0; i < frames.length; i++) {
            AbstractInsnNode instruction = method.instructions.get(i);
            if (instruction instanceof LineNumberNode number) {
                line = number.line;
            } else if (frames[i] != null) {
                instruction(instruction, i, frames[i]);
            }
        }
    }

    private void instruction(AbstractInsnNode instruction, int index, Frame<Value> frame) {
        int top = frame.getStackSize() - 1;
        int opcode = instruction.getOpcode();
        if (instruction instanceof FieldInsnNode field) {
            field(field, frame, top);
        } else if (instruction instanceof MethodInsnNode call) {
            call(
                    call,
                    index,
                    arguments(
                            frame, Type.getArgumentTypes(call.desc).length + (opcode == Opcodes.INVOKESTATIC ? 0 : 1)));
        } else if (instruction instanceof InvokeDynamicInsnNode dynamic && ValueInterpreter.lambda(dynamic)) {
            lambda(dynamic, index, arguments(frame, Type.getArgumentTypes(dynamic.desc).length));
        } else if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
            Set<Origin> array = frame.getStack(top - 2).origins();
            change(array, null, Change.CHANGE);
            store(array, null, frame.getStack(top));
        } else if (opcode == Opcodes.ARETURN) {
            facts.returned.addAll(frame.getStack(top).origins());
            facts.returnLine = line;
        }
    }

    private static List<Value> arguments(Frame<Value> frame, int count) {
        Value[] values = new Value[count];
        for (int i = 0; i < count; i++) {
            values[i] = frame.getStack(frame.getStackSize() - count + i);
        }
        return Arrays.asList(values);
    }

    private void field(FieldInsnNode field, Frame<Value> frame, int top) {
        String name = field.owner + "." + field.name;
        switch (field.getOpcode()) {
            case Opcodes.PUTSTATIC -> {
                Value value = frame.getStack(top);
                facts.staticWrites.add(
                        new StaticWrite(name, value.origins(), assignment(name, value), value.made(), line));
            }
            case Opcodes.PUTFIELD -> {
                Value value = frame.getStack(top);
                change(frame.getStack(top - 1).origins(), name, assignment(name, value));
                store(frame.getStack(top - 1).origins(), name, value);
            }
            case Opcodes.GETSTATIC -> {
                if (ValueInterpreter.changeable(Type.getType(field.desc))) {
                    facts.reads.add(new StaticRead(name, line));
                }
            }
            default -> {}
        }
    }

    /** Setting a field that was found empty to what is the same for all is no leak. */
    private Change assignment(String field, Value value) {
        boolean requested = value.requested()
                || value.origins().stream()
                        .anyMatch(origin -> requestedMade.getOrDefault(
                                origin.root().kind() == Root.Kind.MADE
                                        ? origin.root().index()
                                        : -1,
                                false));
        return guards.contains(field) && !requested ? Change.LAZY : Change.ASSIGN;
    }

    private void change(Set<Origin> targets, @Nullable String field, Change kind) {
        if (!targets.isEmpty() && kind != Change.NONE) {
            facts.writes.add(new Write(targets, field, kind, line));
        }
    }

    private void store(Set<Origin> targets, @Nullable String field, Value value) {
        if (!targets.isEmpty() && (!value.origins().isEmpty() || value.made() != null && field != null)) {
            facts.stores.add(new Store(targets, field, value.origins(), value.made()));
        }
    }

    private void call(MethodInsnNode call, int index, List<Value> arguments) {
        blind.call(call, facts, line);
        boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
        if (call.name.equals("<init>") && arguments.stream().skip(1).anyMatch(Value::requested)) {
            arguments.get(0).origins().stream()
                    .filter(origin -> origin.root().kind() == Root.Kind.MADE)
                    .forEach(origin -> requestedMade.put(origin.root().index(), true));
        }
        boolean view = !isStatic && arguments.get(0).view();
        invocation(
                new Invocation(
                        call.owner,
                        call.name,
                        call.desc,
                        isStatic,
                        isStatic || call.getOpcode() == Opcodes.INVOKESPECIAL,
                        view,
                        arguments.stream().map(Value::origins).toList(),
                        index,
                        line),
                arguments);
    }

    private void invocation(Invocation call, List<Value> arguments) {
        Escape.Where kept = Lifetimes.of(call.owner(), call.name(), call.descriptor());
        if (kept != null) {
            arguments.forEach(argument -> escape(argument.origins(), kept));
        }
        if (Knowledge.library(call.owner())) {
            library(call, arguments.isEmpty() ? null : arguments.get(0).loaded());
            applied(call, arguments);
        }
        facts.calls.add(call);
    }

    private void escape(Set<Origin> values, Escape.Where where) {
        if (!values.isEmpty()) {
            facts.escapes.add(new Escape(values, where, line));
        }
    }

    /** What a method of the JDK or of the API does with its receiver and arguments. */
    private void library(Invocation call, @Nullable String receiver) {
        LibraryCall model = LibraryCall.of(call.owner(), call.name(), call.descriptor(), call.isStatic());
        List<Set<Origin>> arguments = call.arguments();
        int first = call.isStatic() ? 0 : 1;
        if (!call.isStatic() && !(call.view() && Knowledge.cursor(call.owner()))) {
            boolean cached = model.change() == Change.CACHE && !pure(call);
            change(arguments.get(0), null, cached ? Change.CHANGE : model.change());
        }
        if (model.changed() >= 0 && first + model.changed() < arguments.size()) {
            change(arguments.get(first + model.changed()), updated(call, receiver), Change.CHANGE);
        }
        if (model.stores() && !call.isStatic()) {
            boolean copies = call.name().equals("<init>") && call.owner().startsWith("java/util/")
                    || call.name().endsWith("All");
            for (Set<Origin> argument : arguments.subList(1, arguments.size())) {
                Set<Origin> held = copies ? Origin.load(argument, null) : argument;
                if (!held.isEmpty() && !arguments.get(0).isEmpty()) {
                    facts.stores.add(new Store(arguments.get(0), null, held, null));
                }
            }
        }
    }

    private static @Nullable String updated(Invocation call, @Nullable String receiver) {
        return receiver != null && call.owner().endsWith("FieldUpdater") ? ValueInterpreter.UPDATER + receiver : null;
    }

    /** Whether what is put into a map can follow from the key only. */
    private boolean pure(Invocation call) {
        if (!call.name().equals("computeIfAbsent")) {
            return true;
        }
        KeptLambda lambda = lambda(call.arguments().get(call.arguments().size() - 1));
        return lambda != null && lambda.types().isEmpty();
    }

    private @Nullable KeptLambda lambda(Set<Origin> argument) {
        for (Origin origin : argument) {
            KeptLambda found = origin.root().kind() == Root.Kind.MADE && origin.wraps() == 0 && origin.steps() == 0
                    ? lambdas.get(origin.root().index())
                    : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** A lambda that is given to a method of the JDK is called with what the receiver and the other arguments hold. */
    private void applied(Invocation call, List<Value> arguments) {
        for (Set<Origin> argument : call.arguments()) {
            KeptLambda lambda = lambda(argument);
            if (lambda == null) {
                continue;
            }
            Set<Origin> given = new HashSet<>();
            for (Value other : arguments) {
                if (other.origins() != argument) {
                    given.addAll(Origin.load(other.origins(), null));
                }
            }
            if (!given.isEmpty()) {
                facts.calls.add(bodyCall(lambda, given));
            }
        }
    }

    private void lambda(InvokeDynamicInsnNode dynamic, int index, List<Value> captured) {
        KeptLambda lambda = new KeptLambda(
                index,
                Type.getReturnType(dynamic.desc).getInternalName(),
                dynamic.name,
                (Handle) dynamic.bsmArgs[1],
                captured.stream().map(Value::origins).toList(),
                Arrays.stream(Type.getArgumentTypes(dynamic.desc))
                        .map(Type::getDescriptor)
                        .toList(),
                line);
        lambdas.put(index, lambda);
        facts.lambdas.add(lambda);
        Set<Origin> self = Set.of(Origin.of(new Root(Root.Kind.MADE, lambda.type(), index)));
        for (Value value : captured) {
            if (!value.origins().isEmpty()) {
                facts.stores.add(new Store(self, null, value.origins(), null));
            }
        }
        Invocation body = bodyCall(lambda, Set.of());
        if (Knowledge.library(body.owner())) {
            if (!body.arguments().isEmpty()) {
                library(body, null);
            }
        } else {
            facts.calls.add(body);
        }
    }

    /** A call of a lambda's body: what it captured, then the arguments, each of which may be any of those given. */
    static Invocation bodyCall(KeptLambda lambda, Set<Origin> given) {
        Handle body = lambda.body();
        int tag = body.getTag();
        List<Set<Origin>> arguments = new ArrayList<>();
        if (tag == Opcodes.H_NEWINVOKESPECIAL) {
            arguments.add(Set.of());
        }
        arguments.addAll(lambda.captured());
        int wanted = Type.getArgumentTypes(body.getDesc()).length + (tag == Opcodes.H_INVOKESTATIC ? 0 : 1);
        while (arguments.size() < wanted) {
            arguments.add(given);
        }
        return new Invocation(
                body.getOwner(),
                body.getName(),
                body.getDesc(),
                tag == Opcodes.H_INVOKESTATIC,
                tag != Opcodes.H_INVOKEVIRTUAL && tag != Opcodes.H_INVOKEINTERFACE,
                false,
                arguments,
                -1,
                lambda.line());
    }
}
