package dev.sluice.war.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** The classes that were read, without their code: who extends whom, who has which fields and methods. For one thread. */
final class ClassTable {
    private final Map<String, ClassFacts> classes = new LinkedHashMap<>();
    private final Map<String, List<String>> subtypes = new HashMap<>();
    private final Map<String, Set<String>> below = new HashMap<>();
    private final Map<String, MethodFacts> methods = new LinkedHashMap<>();
    private final Map<String, List<MethodFacts>> byOwner = new HashMap<>();

    /** A class without its code. */
    record ClassFacts(
            String name,
            @Nullable String parent,
            List<String> interfaces,
            int access,
            Set<String> annotations,
            Map<String, FieldFacts> fields) {
        boolean isEnum() {
            return (access & Opcodes.ACC_ENUM) != 0;
        }
    }

    /** A field. */
    record FieldFacts(String owner, String name, String descriptor, int access, Set<String> annotations) {
        boolean isStatic() {
            return (access & Opcodes.ACC_STATIC) != 0;
        }

        boolean shared() {
            return annotations.stream().anyMatch(ClassTable::shared);
        }
    }

    /** Whether an annotation, given as a descriptor, says that all share something on purpose. */
    static boolean shared(String descriptor) {
        return descriptor.equals("Ldev/sluice/api/Shared;") || descriptor.equals("Ldev/sluice/fork/Shared;");
    }

    /**
     * Takes a class and what its methods do.
     *
     * @param depth how closely to look at them
     */
    void add(ClassNode type, Depth depth, BlindSpots blind) {
        Map<String, FieldFacts> fields = new LinkedHashMap<>();
        for (FieldNode field : type.fields) {
            fields.put(
                    field.name,
                    new FieldFacts(type.name, field.name, field.desc, field.access, names(field.visibleAnnotations)));
        }
        classes.put(
                type.name,
                new ClassFacts(
                        type.name,
                        type.superName,
                        List.copyOf(type.interfaces),
                        type.access,
                        names(type.visibleAnnotations),
                        fields));
        List<MethodFacts> own = new ArrayList<>();
        for (MethodNode method : type.methods) {
            MethodFacts facts = MethodReader.read(type, method, depth, blind);
            methods.put(facts.key(), facts);
            own.add(facts);
        }
        byOwner.put(type.name, own);
        if (type.superName != null) {
            subtypes.computeIfAbsent(type.superName, key -> new ArrayList<>()).add(type.name);
        }
        type.interfaces.forEach(parent ->
                subtypes.computeIfAbsent(parent, key -> new ArrayList<>()).add(type.name));
    }

    private static Set<String> names(@Nullable List<AnnotationNode> annotations) {
        Set<String> names = new HashSet<>();
        if (annotations != null) {
            annotations.forEach(annotation -> names.add(annotation.desc));
        }
        return names;
    }

    Collection<ClassFacts> classes() {
        return classes.values();
    }

    Collection<MethodFacts> methods() {
        return methods.values();
    }

    /** The method of a {@linkplain MethodFacts#key key}; null if it was not read. */
    @Nullable
    MethodFacts method(String key) {
        return methods.get(key);
    }

    List<MethodFacts> methodsOf(String owner) {
        return byOwner.getOrDefault(owner, List.of());
    }

    @Nullable
    ClassFacts find(String name) {
        return classes.get(name);
    }

    boolean contains(String name) {
        return classes.containsKey(name);
    }

    /** The method that a call of this name finds in a class or above it; null if none of those read has it. */
    @Nullable
    MethodFacts resolve(String owner, String signature) {
        for (String at = owner; at != null; ) {
            MethodFacts found = methods.get(at + "." + signature);
            if (found != null) {
                return found;
            }
            ClassFacts type = classes.get(at);
            if (type == null) {
                return null;
            }
            for (String parent : type.interfaces()) {
                MethodFacts inherited = resolve(parent, signature);
                if (inherited != null) {
                    return inherited;
                }
            }
            at = type.parent();
        }
        return null;
    }

    /** All methods that a call may reach. */
    Set<MethodFacts> targets(String owner, String signature, boolean exact) {
        Set<MethodFacts> found = new LinkedHashSet<>();
        MethodFacts resolved = resolve(owner, signature);
        if (resolved != null) {
            found.add(resolved);
        }
        if (!exact) {
            for (String subtype : subtypes(owner)) {
                MethodFacts override = methods.get(subtype + "." + signature);
                if (override != null) {
                    found.add(override);
                }
            }
        }
        return found;
    }

    /** All classes below one. */
    Set<String> subtypes(String owner) {
        return below.computeIfAbsent(owner, this::findSubtypes);
    }

    private Set<String> findSubtypes(String owner) {
        Set<String> all = new LinkedHashSet<>();
        List<String> next = new ArrayList<>(subtypes.getOrDefault(owner, List.of()));
        while (!next.isEmpty()) {
            String type = next.remove(next.size() - 1);
            if (all.add(type)) {
                next.addAll(subtypes.getOrDefault(type, List.of()));
            }
        }
        return all;
    }

    /** The first class above one that was not read, which its methods may come from. */
    @Nullable
    String outside(String owner) {
        for (String at = owner; at != null; ) {
            ClassFacts type = classes.get(at);
            if (type == null) {
                return at;
            }
            at = type.parent() == null || type.parent().equals("java/lang/Object")
                    ? type.interfaces().stream()
                            .filter(parent -> !classes.containsKey(parent))
                            .findFirst()
                            .orElse(null)
                    : type.parent();
        }
        return null;
    }

    /** The field that code means by {@code owner.name}; null if none of the classes read has it. */
    @Nullable
    FieldFacts field(String name) {
        int dot = name.lastIndexOf('.');
        for (String at = name.substring(0, dot); at != null; ) {
            ClassFacts type = classes.get(at);
            if (type == null) {
                return null;
            }
            FieldFacts field = type.fields().get(name.substring(dot + 1));
            if (field != null) {
                return field;
            }
            for (String parent : type.interfaces()) {
                FieldFacts constant = field(parent + name.substring(dot));
                if (constant != null) {
                    return constant;
                }
            }
            at = type.parent();
        }
        return null;
    }

    /** Whether all share the objects of a type, given as a descriptor, on purpose. */
    boolean sharedType(String descriptor) {
        ClassFacts type = descriptor.startsWith("L")
                ? classes.get(Type.getType(descriptor).getInternalName())
                : null;
        return type != null && type.annotations().stream().anyMatch(ClassTable::shared);
    }
}
