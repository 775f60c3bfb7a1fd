package dev.sluice.fork.walk;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.shape.Fields;
import dev.sluice.fork.shape.ObjectShape;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds objects that a static final field of their own class holds, such as {@code NONE} or {@code INSTANCE}: code that
 * compares with that field by {@code ==} does not recognise the fork's copy.
 */
final class SingletonCheck {
    private final Map<Class<?>, List<Field>> fields = new HashMap<>();

    private SingletonCheck() {}

    static void run(Graph graph) {
        SingletonCheck check = new SingletonCheck();
        for (Node node : graph.copied()) {
            if (node.shape instanceof ObjectShape) {
                Field holder = check.holder(node.source);
                if (holder != null) {
                    graph.findings().add(finding(graph.name(), node, holder));
                }
            }
        }
    }

    private @Nullable Field holder(Object object) {
        for (Field field : fields.computeIfAbsent(object.getClass(), SingletonCheck::candidates)) {
            if (Fields.get(field, object) == object) {
                return field;
            }
        }
        return null;
    }

    private static List<Field> candidates(Class<?> type) {
        List<Field> candidates = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            int modifiers = field.getModifiers();
            if (Modifier.isStatic(modifiers)
                    && Modifier.isFinal(modifiers)
                    && field.getType().isAssignableFrom(type)
                    && accessible(field)) {
                candidates.add(field);
            }
        }
        return candidates;
    }

    private static boolean accessible(Field field) {
        try {
            field.setAccessible(true);
            return true;
        } catch (InaccessibleObjectException e) {
            return false;
        }
    }

    private static Finding finding(String name, Node node, Field holder) {
        String field = holder.getDeclaringClass().getName() + "." + holder.getName();
        return new Finding(
                Finding.Severity.WARNING,
                Finding.Kind.SINGLETON,
                node.path(name),
                node.source.getClass().getName(),
                null,
                "is also the value of " + field + "; a fork gets a copy that is not == to it",
                "annotate the class @Shared if it never changes, or compare by equals");
    }
}
