package dev.sluice.fork.jdk;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.shape.ClassOrigin;
import dev.sluice.fork.shape.Fields;
import dev.sluice.fork.shape.Shape;
import dev.sluice.fork.shape.Verdict;
import dev.sluice.fork.shape.WholeShape;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Views that a list or a map of the JDK hands out: sub-lists, key sets, values and entry sets. A fork has the same view of its own
 * list or map. What a view belongs to can be seen if its package is open or if the view can be serialized; otherwise it is refused.
 */
final class Views {
    private static final List<Function<Map<?, ?>, Collection<?>>> OF_MAPS =
            List.of(Map::keySet, Map::values, Map::entrySet);

    private Views() {}

    /** How to treat objects of this class of the JDK; null if they are no such views. */
    static @Nullable Function<Object, Verdict> of(Class<?> type) {
        if (!Collection.class.isAssignableFrom(type)
                || Modifier.isPublic(type.getModifiers())
                || !ClassOrigin.inJdk(type)
                || !type.getPackageName().startsWith("java.util")) {
            return null;
        }
        try {
            if (List.class.isAssignableFrom(type) && declared(type, "offset") != null) {
                return part(type);
            }
            Field map = holder(type, Map.class);
            return map == null ? null : of(type, view -> (Map<?, ?>) Fields.get(map, view));
        } catch (InaccessibleObjectException closed) {
            return Serializable.class.isAssignableFrom(type) && !List.class.isAssignableFrom(type)
                    ? of(type, view -> (Map<?, ?>) Peek.references(view).get(0))
                    : view -> closed(type);
        }
    }

    private static Verdict closed(Class<?> type) {
        boolean opened = type.getPackageName().equals("java.util");
        return new Verdict.Refused(
                Finding.Kind.INACCESSIBLE,
                "a view of a collection that cannot be seen",
                "start with --add-opens java.base/" + type.getPackageName() + "=ALL-UNNAMED"
                        + (opened ? " as bin/sluice does" : "")
                        + ", or keep the collection itself and make the view when it is needed");
    }

    private static @Nullable Function<Object, Verdict> part(Class<?> type) {
        Field whole = holder(type, List.class);
        Field offset = open(type, "offset");
        Field size = open(type, "size");
        if (whole == null || offset == null || size == null) {
            return null;
        }
        Field parent = open(type, "parent");
        Shape shape = new WholeShape(
                type,
                false,
                40,
                Shape.Look.CONSTRUCT,
                view -> new Object[] {above(view, parent, whole)},
                (view, parts) -> {
                    int from = number(offset, view)
                            - (view(parent, view) ? number(offset, above(view, parent, whole)) : 0);
                    return ((List<?>) parts[0]).subList(from, from + number(size, view));
                });
        return view -> shape;
    }

    private static boolean view(@Nullable Field parent, Object view) {
        return parent != null && Fields.get(parent, view) != null;
    }

    /** The list, or the other view, that it is a part of. */
    private static Object above(Object view, @Nullable Field parent, Field whole) {
        return parent != null && view(parent, view) ? Fields.get(parent, view) : Fields.get(whole, view);
    }

    private static int number(Field field, Object object) {
        return (Integer) Fields.get(field, object);
    }

    private static Function<Object, Verdict> of(Class<?> type, Function<Object, Map<?, ?>> map) {
        return view -> {
            Map<?, ?> owner = map.apply(view);
            for (Function<Map<?, ?>, Collection<?>> accessor : OF_MAPS) {
                if (accessor.apply(owner).getClass() == type) {
                    return new WholeShape(
                            type,
                            false,
                            16,
                            o -> new Object[] {map.apply(o)},
                            (o, parts) -> accessor.apply((Map<?, ?>) parts[0]));
                }
            }
            return closed(type);
        };
    }

    /** The field that holds what a view belongs to: an implicit one in inner classes. */
    private static @Nullable Field holder(Class<?> type, Class<?> wanted) {
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && wanted.isAssignableFrom(field.getType())
                        && !field.getName().equals("parent")) {
                    field.setAccessible(true);
                    return field;
                }
            }
        }
        return null;
    }

    private static @Nullable Field open(Class<?> type, String name) {
        Field field = declared(type, name);
        if (field != null) {
            field.setAccessible(true);
        }
        return field;
    }

    private static @Nullable Field declared(Class<?> type, String name) {
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (field.getName().equals(name) && !Modifier.isStatic(field.getModifiers())) {
                    return field;
                }
            }
        }
        return null;
    }
}
