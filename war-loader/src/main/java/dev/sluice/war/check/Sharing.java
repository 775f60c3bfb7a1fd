package dev.sluice.war.check;

import dev.sluice.war.check.ClassTable.ClassFacts;
import dev.sluice.war.check.ClassTable.FieldFacts;
import dev.sluice.war.check.MethodFacts.StaticWrite;
import dev.sluice.war.check.MethodFacts.Store;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What an application shares on purpose: by annotation, by configuration, by the class that the container has one object of. */
final class Sharing {
    private final ClassTable table;
    private final Singletons singletons;
    private final Predicate<String> configured;
    private final Map<String, Set<String>> made = new HashMap<>();

    /** @param configured whether a class, by its binary name, is configured to be shared */
    Sharing(ClassTable table, Singletons singletons, Predicate<String> configured) {
        this.table = table;
        this.singletons = singletons;
        this.configured = configured;
        for (MethodFacts method : table.methods()) {
            for (StaticWrite write : method.staticWrites) {
                madeOf(write.field(), write.made());
            }
            for (Store store : method.stores) {
                if (store.field() != null) {
                    madeOf(store.field(), store.made());
                }
            }
        }
    }

    private void madeOf(String field, @Nullable String value) {
        FieldFacts known = table.field(field);
        if (known != null) {
            made.computeIfAbsent(name(known), key -> new HashSet<>()).add(value == null ? unknown(known) : value);
        }
    }

    /** Of a value that nothing is known of, the declared type is what is known. */
    private static String unknown(FieldFacts field) {
        Type type = Type.getType(field.descriptor());
        return type.getSort() == Type.OBJECT ? type.getInternalName() : field.descriptor();
    }

    private static String name(FieldFacts field) {
        return field.owner() + "." + field.name();
    }

    /** The classes that the values of a field are made of; {@link Value#FIXED} for what cannot be changed. */
    Set<String> made(FieldFacts field) {
        return made.getOrDefault(name(field), Set.of());
    }

    /** Whether the container has one object of the method's class, which the method runs on. */
    boolean single(MethodFacts method) {
        ClassFacts type = table.find(method.owner);
        return !method.isStatic() && type != null && singletons.is(type);
    }

    /**
     * What an effect counts for: null if it is on something that is shared on purpose and made for it; an effect on the field itself if it
     * is shared on purpose and not made for it.
     */
    @Nullable
    Effect judge(MethodFacts method, Effect effect) {
        if (effect.root().kind() == Root.Kind.PARAMETER
                && effect.root().index() == 0
                && !method.isStatic()
                && shared(method.owner)) {
            return null;
        }
        String name = effect.root().kind() == Root.Kind.STATIC ? effect.root().name() : effect.shown();
        FieldFacts field = name == null ? null : table.field(name);
        if (field == null || effect.steps() < 0 || effect.root().kind() != Root.Kind.STATIC && effect.steps() == 0) {
            return effect;
        }
        if (shared(unknown(field))) {
            return null;
        }
        if (!field.shared()) {
            return effect;
        }
        return unsafe(field)
                ? new Effect(
                        new Root(Root.Kind.STATIC, name(field), 0), null, Math.max(1, effect.steps()), effect.change())
                : null;
    }

    /** Whether all share the objects of a class on purpose. */
    boolean shared(String type) {
        for (ClassFacts at = table.find(type); at != null; at = at.parent() == null ? null : table.find(at.parent())) {
            if (at.annotations().stream().anyMatch(ClassTable::shared)) {
                return true;
            }
        }
        return configured.test(type.replace('/', '.'));
    }

    /** Whether something that the field holds is known not to be made for threads. */
    private boolean unsafe(FieldFacts field) {
        Set<String> values = new HashSet<>(made(field));
        if (values.isEmpty()) {
            values.add(unknown(field));
        }
        return values.stream()
                .anyMatch(type -> Knowledge.nature(type) == Knowledge.Nature.MUTABLE
                        && !Knowledge.threadSafe(type)
                        && !isInterface(type));
    }

    /** The interfaces of collections say nothing about threads. */
    private static boolean isInterface(String type) {
        return Set.of("java/util/Map", "java/util/List", "java/util/Set", "java/util/Collection", "java/util/Queue")
                .contains(type);
    }

    /** Whether everything that the field was seen to hold is made for threads. */
    boolean threadSafe(FieldFacts field) {
        Set<String> values = made(field);
        return values.isEmpty()
                ? Knowledge.threadSafe(unknown(field))
                : values.stream().allMatch(type -> Knowledge.threadSafe(type) || type.equals(Value.FIXED));
    }

    /** Whether a field cannot be assigned. */
    static boolean isFinal(FieldFacts field) {
        return (field.access() & Opcodes.ACC_FINAL) != 0;
    }
}
