package dev.sluice.war.check;

import dev.sluice.war.check.ClassTable.ClassFacts;
import dev.sluice.war.check.ClassTable.FieldFacts;
import dev.sluice.war.check.Knowledge.Nature;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Type;

/** Judges whether what a field or variable holds can be changed once it is made. For one thread. */
final class Natures {
    private final ClassTable table;
    private final Summaries summaries;
    private final Phases phases;
    private final Sharing sharing;
    private final Map<String, Nature> known = new HashMap<>();
    /** Fields that code of other classes assigns in requests. */
    private final Set<String> assignedByOthers = new HashSet<>();

    Natures(ClassTable table, Summaries summaries, Phases phases, Sharing sharing) {
        this.table = table;
        this.summaries = summaries;
        this.phases = phases;
        this.sharing = sharing;
        for (MethodFacts method : table.methods()) {
            for (MethodFacts.Write write : method.writes) {
                String field = write.field();
                if (field != null && !field.startsWith(method.owner + ".") && phases.late(method)) {
                    assignedByOthers.add(field);
                }
            }
        }
    }

    /** The nature of what a field holds: by what is assigned to it, otherwise by its type. */
    Nature of(FieldFacts field) {
        Set<Nature> natures = new HashSet<>();
        for (String made : sharing.made(field)) {
            natures.add(
                    made.equals(Value.FIXED) || made.startsWith(ValueInterpreter.UPDATER)
                            ? Nature.HARMLESS
                            : made.startsWith("[") ? Nature.MUTABLE : name(made));
        }
        return natures.isEmpty() ? type(field.descriptor()) : worst(natures);
    }

    private static Nature worst(Set<Nature> natures) {
        for (Nature nature : new Nature[] {Nature.BOUND, Nature.PER_THREAD, Nature.MUTABLE, Nature.UNKNOWN}) {
            if (natures.contains(nature)) {
                return nature;
            }
        }
        return Nature.HARMLESS;
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
        ClassFacts own = table.find(name);
        if (own == null) {
            return Knowledge.nature(name);
        }
        if (sharing.shared(name)) {
            return Nature.HARMLESS;
        }
        Nature before = known.putIfAbsent(name, Nature.HARMLESS);
        if (before == null) {
            known.put(name, application(own));
        }
        return known.getOrDefault(name, Nature.HARMLESS);
    }

    /** A class of the application can be changed if code other than its constructors does it. */
    private Nature application(ClassFacts type) {
        for (MethodFacts method : table.methodsOf(type.name())) {
            boolean changes = !method.isStatic()
                    && !method.isConstructor()
                    && phases.late(method)
                    && summaries.of(method).effects.keySet().stream()
                            .anyMatch(effect -> effect.root().kind() == Root.Kind.PARAMETER
                                    && effect.root().index() == 0
                                    && effect.change().leaks());
            if (changes) {
                return Nature.MUTABLE;
            }
        }
        for (FieldFacts field : type.fields().values()) {
            if (!field.isStatic() && holdsMutable(field)) {
                return Nature.MUTABLE;
            }
        }
        String outside = table.outside(type.name());
        if (outside != null && Knowledge.nature(outside) == Nature.MUTABLE) {
            return Nature.MUTABLE;
        }
        return type.parent() != null && table.contains(type.parent()) ? name(type.parent()) : Nature.HARMLESS;
    }

    /** A field of the application's own types, or one that others may assign. */
    private boolean holdsMutable(FieldFacts field) {
        Type type = Type.getType(field.descriptor());
        boolean own = type.getSort() == Type.OBJECT && table.contains(type.getInternalName());
        return own && of(field) == Nature.MUTABLE || assigned(field);
    }

    private boolean assigned(FieldFacts field) {
        return !Sharing.isFinal(field) && assignedByOthers.contains(field.owner() + "." + field.name());
    }
}
