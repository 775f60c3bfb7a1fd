package dev.sluice.war.check;

import dev.sluice.fork.report.SourceLocation;
import dev.sluice.war.check.Use.Kind;
import dev.sluice.war.check.Use.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
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
import org.objectweb.asm.tree.analysis.SourceValue;

/** Everything that the application's code does with its fields and parameters, found by one pass over its methods. For one thread. */
final class Uses {
    private static final System.Logger LOG = System.getLogger(Uses.class.getName());
    private static final Set<String> START_METHODS =
            Set.of("init", "contextInitialized", "onStartup", "start", "main", "afterPropertiesSet", "configure");

    private final Set<String> application;
    private final Map<Target, List<Use>> uses = new HashMap<>();
    private final Map<String, Set<String>> selfCalls = new HashMap<>();
    private final Map<Target, Set<AbstractInsnNode>> assigned = new HashMap<>();
    private final List<KeptLambda> lambdas = new ArrayList<>();

    /** A lambda that outlives the method that made it. */
    record KeptLambda(ClassNode type, MethodNode method, InvokeDynamicInsnNode made) {}

    /** Reads all methods of the classes. */
    Uses(Map<String, ClassNode> classes) {
        this.application = classes.keySet();
        for (ClassNode type : classes.values()) {
            for (MethodNode method : type.methods) {
                read(type, method);
            }
        }
    }

    List<Use> of(Target target) {
        return uses.getOrDefault(target, List.of());
    }

    /** The instructions that made what was assigned to a field. */
    Set<AbstractInsnNode> assigned(Target field) {
        return assigned.getOrDefault(field, Set.of());
    }

    /** Lambdas that are handed to the container or stored while the application starts, each once. */
    List<KeptLambda> keptLambdas() {
        return lambdas.stream().distinct().toList();
    }

    /** The name under which a method's parameters and calls are kept. */
    static String key(String owner, String name, String descriptor) {
        return owner + "." + name + descriptor;
    }

    /** The uses with calls of the application's own methods judged by what those methods do. */
    List<Use> judged(Target target) {
        List<Use> all = new ArrayList<>();
        for (Use use : of(target)) {
            boolean call = use.kind() == Kind.CALL;
            Kind kind = call ? (changing(use.call(), new HashSet<>()) ? Kind.CHANGE : Kind.READ) : use.kind();
            all.add(new Use(kind, use.phase(), use.where(), use.call()));
        }
        return all;
    }

    /** Whether a method, or one of its class that it calls, changes the object that it is called on. */
    private boolean changing(String method, Set<String> seen) {
        if (!seen.add(method)) {
            return false;
        }
        List<Use> own = of(Target.parameter(method, 0));
        return own.stream().anyMatch(use -> use.kind() == Kind.CHANGE)
                || selfCalls.getOrDefault(method, Set.of()).stream().anyMatch(called -> changing(called, seen));
    }

    private void read(ClassNode type, MethodNode method) {
        if ((method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
            return;
        }
        Origins origins = new Origins(key(type.name, method.name, method.desc));
        try {
            Frame<SourceValue>[] frames = new Analyzer<>(origins).analyze(type.name, method);
            new Reading(type, method, origins).read(frames);
        } catch (AnalyzerException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    () -> type.name + "." + method.name + " cannot be analysed: " + e.getMessage());
        }
    }

    static Phase phase(MethodNode method) {
        if (method.name.equals("<clinit>")) {
            return Phase.CLASS;
        }
        if (method.name.equals("<init>")) {
            return Phase.CONSTRUCTION;
        }
        return START_METHODS.contains(method.name) || annotated(method) ? Phase.START : Phase.ANY;
    }

    private static boolean annotated(MethodNode method) {
        if (method.visibleAnnotations == null) {
            return false;
        }
        for (AnnotationNode annotation : method.visibleAnnotations) {
            if (annotation.desc.endsWith("/PostConstruct;")
                    || annotation.desc.endsWith("/Autowired;")
                    || annotation.desc.endsWith("/Inject;")
                    || annotation.desc.endsWith("/Resource;")) {
                return true;
            }
        }
        return false;
    }

    /** Where an instruction was written. */
    static SourceLocation location(ClassNode type, MethodNode method, AbstractInsnNode instruction) {
        int line = 0;
        for (AbstractInsnNode at = instruction; at != null && line == 0; at = at.getPrevious()) {
            line = at instanceof LineNumberNode number ? number.line : 0;
        }
        return new SourceLocation(type.name.replace('/', '.'), method.name, type.sourceFile, line);
    }

    /** One method. */
    private final class Reading {
        private final ClassNode type;
        private final MethodNode method;
        private final Origins origins;
        private @Nullable AbstractInsnNode at;

        Reading(ClassNode type, MethodNode method, Origins origins) {
            this.type = type;
            this.method = method;
            this.origins = origins;
        }

        void read(Frame<SourceValue>[] frames) {
            for (int i = 0; i < frames.length; i++) {
                Frame<SourceValue> frame = frames[i];
                at = method.instructions.get(i);
                if (frame != null) {
                    instruction(method.instructions.get(i), frame);
                }
            }
        }

        private void instruction(AbstractInsnNode instruction, Frame<SourceValue> frame) {
            int top = frame.getStackSize() - 1;
            int opcode = instruction.getOpcode();
            if (instruction instanceof FieldInsnNode field) {
                field(field, frame, top);
            } else if (instruction instanceof MethodInsnNode call) {
                call(call, frame, top);
            } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
                int count = org.objectweb.asm.Type.getArgumentTypes(dynamic.desc).length;
                for (int i = 0; i < count; i++) {
                    add(frame.getStack(top - i), Kind.HAND_OUT, "");
                }
            } else if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
                add(frame.getStack(top - 2), Kind.CHANGE, "");
            } else if (opcode == Opcodes.ARETURN) {
                add(frame.getStack(top), Kind.HAND_OUT, "");
            }
        }

        private void field(FieldInsnNode field, Frame<SourceValue> frame, int top) {
            switch (field.getOpcode()) {
                case Opcodes.PUTSTATIC -> {
                    assign(Target.staticField(field.owner, field.name), frame.getStack(top));
                    keep(frame.getStack(top));
                }
                case Opcodes.PUTFIELD -> {
                    assign(Target.field(field.owner, field.name), frame.getStack(top));
                    add(frame.getStack(top - 1), Kind.CHANGE, "");
                    if (phase(method) != Phase.ANY) {
                        keep(frame.getStack(top));
                    }
                }
                case Opcodes.GETSTATIC -> add(Target.staticField(field.owner, field.name), Kind.READ, "");
                default -> add(Target.field(field.owner, field.name), Kind.READ, "");
            }
        }

        private void assign(Target field, SourceValue value) {
            add(field, Kind.ASSIGN, "");
            add(value, Kind.HAND_OUT, "");
            assigned.computeIfAbsent(field, key -> new HashSet<>()).addAll(value.insns);
        }

        private void keep(SourceValue value) {
            for (AbstractInsnNode source : value.insns) {
                if (source instanceof InvokeDynamicInsnNode lambda
                        && lambda.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
                    lambdas.add(new KeptLambda(type, method, lambda));
                }
            }
        }

        private void call(MethodInsnNode call, Frame<SourceValue> frame, int top) {
            int count = org.objectweb.asm.Type.getArgumentTypes(call.desc).length;
            boolean jdk = call.owner.startsWith("java/") || call.owner.startsWith("javax/");
            for (int i = 0; i < count; i++) {
                boolean first = i == count - 1;
                boolean stored = Knowledge.changes(call.owner, call.name) && phase(method) != Phase.ANY;
                if (stored || call.owner.startsWith("dev/sluice/api/") || call.owner.startsWith("jakarta/servlet/")) {
                    keep(frame.getStack(top - i));
                }
                boolean changed = first
                        && call.getOpcode() == Opcodes.INVOKESTATIC
                        && Knowledge.changesArgument(call.owner, call.name);
                add(frame.getStack(top - i), changed ? Kind.CHANGE : jdk ? Kind.READ : Kind.HAND_OUT, "");
            }
            if (call.getOpcode() != Opcodes.INVOKESTATIC && !call.name.equals("<init>")) {
                receiver(call, frame.getStack(top - count));
            }
        }

        private void receiver(MethodInsnNode call, SourceValue receiver) {
            if (application.contains(call.owner)) {
                String called = key(call.owner, call.name, call.desc);
                add(receiver, Kind.CALL, called);
                if (origins.of(receiver).contains(Target.parameter(key(type.name, method.name, method.desc), 0))) {
                    selfCalls
                            .computeIfAbsent(key(type.name, method.name, method.desc), key -> new HashSet<>())
                            .add(called);
                }
            } else {
                boolean changes = Knowledge.changes(call.owner, call.name);
                add(receiver, changes ? Kind.CHANGE : Kind.READ, "");
                if (changes) {
                    ownFieldChanged(receiver);
                }
            }
        }

        /** Changing what a field of {@code this} holds changes {@code this}. */
        private void ownFieldChanged(SourceValue value) {
            boolean own = origins.of(value).stream()
                    .anyMatch(target ->
                            target.kind() == Target.Kind.FIELD && target.owner().equals(type.name));
            if (own && (method.access & Opcodes.ACC_STATIC) == 0) {
                add(Target.parameter(key(type.name, method.name, method.desc), 0), Kind.CHANGE, "");
            }
        }

        private void add(SourceValue value, Kind kind, String call) {
            origins.of(value).forEach(target -> add(target, kind, call));
        }

        private void add(Target target, Kind kind, String call) {
            AbstractInsnNode instruction = at == null ? method.instructions.getFirst() : at;
            uses.computeIfAbsent(target, key -> new ArrayList<>())
                    .add(new Use(kind, phase(method), location(type, method, instruction), call));
        }
    }
}
