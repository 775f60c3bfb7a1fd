package dev.sluice.war.check;

import dev.sluice.war.check.Knowledge.Nature;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Judges whether what a field or variable holds can be changed once it is made. For one thread. */
final class Mutability {
    private final Map<String, ClassNode> classes;
    private final Uses uses;
    private final Map<String, Nature> known = new HashMap<>();

    Mutability(Map<String, ClassNode> classes, Uses uses) {
        this.classes = classes;
        this.uses = uses;
    }

    /** The nature of what a field holds: by what is assigned to it, otherwise by its type. */
    Nature of(Target target, FieldNode field) {
        Set<AbstractInsnNode> sources = uses.assigned(target);
        Set<Nature> natures = new HashSet<>();
        for (AbstractInsnNode source : sources) {
            natures.add(source(source, field.desc));
        }
        return natures.isEmpty() ? type(field.desc) : worst(natures);
    }

    private static Nature worst(Set<Nature> natures) {
        for (Nature nature : new Nature[] {Nature.BOUND, Nature.PER_THREAD, Nature.MUTABLE, Nature.UNKNOWN}) {
            if (natures.contains(nature)) {
                return nature;
            }
        }
        return Nature.HARMLESS;
    }

    private Nature source(AbstractInsnNode source, String declared) {
        if (source instanceof LdcInsnNode
                || source instanceof InvokeDynamicInsnNode
                || source.getOpcode() == Opcodes.ACONST_NULL) {
            return Nature.HARMLESS;
        }
        if (source.getOpcode() == Opcodes.NEW && source instanceof TypeInsnNode made) {
            return name(made.desc);
        }
        if (source instanceof MethodInsnNode call) {
            boolean fixed = Knowledge.unmodifiable(call.owner, call.name);
            return fixed ? Nature.HARMLESS : type(Type.getReturnType(call.desc).getDescriptor());
        }
        return type(declared);
    }

    /** The nature of the values of a type, given as a descriptor. */
    Nature type(String descriptor) {
        Type type = Type.getType(descriptor);
        return switch (type.getSort()) {
            case Type.ARRAY -> Nature.MUTABLE;
            case Type.OBJECT -> name(type.getInternalName());
            default -> Nature.HARMLESS;
        };
    }

    private Nature name(String name) {
        ClassNode own = classes.get(name);
        if (own == null) {
            return Knowledge.nature(name);
        }
        Nature before = known.putIfAbsent(name, Nature.HARMLESS);
        if (before == null) {
            known.put(name, application(own));
        }
        return known.getOrDefault(name, Nature.HARMLESS);
    }

    /** A class of the application can be changed if code other than its constructors does it. */
    private Nature application(ClassNode type) {
        for (FieldNode field : type.fields) {
            if ((field.access & Opcodes.ACC_STATIC) != 0) {
                continue;
            }
            Target target = Target.field(type.name, field.name);
            boolean changed = uses.judged(target).stream()
                    .filter(Use::late)
                    .anyMatch(use -> use.kind() == Use.Kind.ASSIGN || use.kind() == Use.Kind.CHANGE);
            if (changed
                    || classes.containsKey(
                                    Type.getType(field.desc).getClassName().replace('.', '/'))
                            && of(target, field) == Nature.MUTABLE) {
                return Nature.MUTABLE;
            }
        }
        ClassNode parent = type.superName == null ? null : classes.get(type.superName);
        return parent == null ? Nature.HARMLESS : name(parent.name);
    }
}
