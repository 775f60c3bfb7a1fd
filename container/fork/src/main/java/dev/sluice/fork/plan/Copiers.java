package dev.sluice.fork.plan;

import dev.sluice.fork.order.Group;
import dev.sluice.fork.shape.ConstructedShape;
import dev.sluice.fork.shape.ObjectShape;
import dev.sluice.fork.shape.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The copiers that one plan needs, one for each class, set of rebuilt fields and mode: a loop over pristine objects, made of method
 * handles, which the JIT compiles to allocations, loads and stores.
 *
 * <p>A copier has the type {@link CopierStep#LOOP}: the pristine objects; the slots; for each object in turn the slots of its rebuilt
 * parts, in the order of its fields; and for each object its own slot, where it is put or stands already.
 */
final class Copiers {
    /** A handle takes no more than 255 parameters, and each of these needs up to three. */
    private static final int MOST_PARAMETERS = 60;

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    /** What sets one field takes: the new object, the pristine one, its index, slots and links. */
    private static final MethodType PART =
            MethodType.methodType(void.class, Object.class, Object.class, int.class, Object[].class, int[].class);

    /** The body of the loop, whose index comes first. */
    private static final MethodType BODY =
            MethodType.methodType(void.class, int.class, Object[].class, Object[].class, int[].class, int[].class);

    private static final MethodHandle ELEMENT = MethodHandles.arrayElementGetter(Object[].class);
    private static final MethodHandle LINK =
            helper("link", Object.class, int.class, int.class, int.class, Object[].class, int[].class);
    private static final MethodHandle TARGET = helper("target", Object.class, int.class, Object[].class, int[].class);
    private static final MethodHandle KEEP =
            helper("keep", void.class, Object.class, int.class, Object[].class, int[].class);

    private record Key(Shape shape, BitSet rebuilt, boolean fills) {}

    private final Map<Key, @Nullable MethodHandle> made = new HashMap<>();

    /** A copier for these objects, or null when they are constructed from too many parts. */
    @Nullable
    MethodHandle of(Shape shape, BitSet rebuilt, Group.Mode mode) {
        boolean fills = mode == Group.Mode.FILL || mode == Group.Mode.PREFILL;
        Key key = new Key(shape, rebuilt, fills);
        if (!made.containsKey(key)) {
            made.put(key, make(key));
        }
        return made.get(key);
    }

    private static @Nullable MethodHandle make(Key key) {
        try {
            if (key.shape instanceof ConstructedShape constructed) {
                return constructed.fields().size() > MOST_PARAMETERS
                        ? null
                        : loop(kept(construct(constructed, key.rebuilt)));
            }
            ObjectShape shape = (ObjectShape) key.shape;
            return loop(key.fills ? filled(fields(shape, key)) : kept(allocate(shape, fields(shape, key))));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(
                    "no access to a field of " + key.shape.type.getName() + ": " + e
                            + " (JDK 26 and newer set final fields only with --enable-final-field-mutation=ALL-UNNAMED, as"
                            + " bin/sluice passes it)",
                    e);
        }
    }

    /** Sets the fields of one object, as {@link #PART}; when it is filled, only those that are rebuilt. */
    private static MethodHandle fields(ObjectShape shape, Key key) throws IllegalAccessException {
        List<MethodHandle> parts = new ArrayList<>();
        for (Field field : key.fills ? List.<Field>of() : shape.primitives()) {
            parts.add(transfer(field));
        }
        List<Field> references = shape.references();
        int width = key.rebuilt.cardinality();
        int link = 0;
        for (int i = 0; i < references.size(); i++) {
            if (key.rebuilt.get(i)) {
                parts.add(relink(references.get(i), width, link++));
            } else if (!key.fills) {
                parts.add(transfer(references.get(i)));
            }
        }
        return inTurn(parts);
    }

    /** One after the other, as a tree: the JIT gives up on calls that are nested too deeply. */
    private static MethodHandle inTurn(List<MethodHandle> parts) {
        if (parts.isEmpty()) {
            return MethodHandles.empty(PART);
        }
        int half = parts.size() / 2;
        return parts.size() == 1
                ? parts.get(0)
                : MethodHandles.foldArguments(
                        inTurn(parts.subList(half, parts.size())), inTurn(parts.subList(0, half)));
    }

    /** {@code to.field = from.field}. */
    private static MethodHandle transfer(Field field) throws IllegalAccessException {
        MethodHandle both = MethodHandles.filterArguments(setter(field), 1, getter(field));
        return MethodHandles.dropArguments(both, 2, PART.parameterList().subList(2, 5));
    }

    /** {@code to.field = slots[links[...]]}. */
    private static MethodHandle relink(Field field, int width, int link) throws IllegalAccessException {
        MethodHandle both = MethodHandles.collectArguments(setter(field), 1, linked(width, link));
        return MethodHandles.dropArguments(both, 1, Object.class);
    }

    private static MethodHandle linked(int width, int link) {
        return MethodHandles.insertArguments(LINK, 0, width, link);
    }

    /** From (to, from, index, slots, links)void to (index, from, slots, links)to, with a new object. */
    private static MethodHandle allocate(ObjectShape shape, MethodHandle fields) {
        MethodHandle same = MethodHandles.dropArguments(
                MethodHandles.identity(Object.class), 1, PART.parameterList().subList(1, 5));
        MethodHandle made =
                MethodHandles.collectArguments(MethodHandles.foldArguments(same, fields), 0, shape.allocator());
        return MethodHandles.permuteArguments(made, created(), 1, 0, 2, 3);
    }

    /** (index, from, slots, links)to, by a constructor. */
    private static MethodHandle construct(ConstructedShape shape, BitSet rebuilt) throws IllegalAccessException {
        MethodHandle made =
                shape.constructor().asType(shape.constructor().type().erase());
        List<Integer> order = new ArrayList<>();
        int width = rebuilt.cardinality();
        int link = width;
        for (int i = shape.fields().size() - 1; i >= 0; i--) {
            if (rebuilt.get(i)) {
                made = MethodHandles.collectArguments(made, i, linked(width, --link));
                order.addAll(0, List.of(0, 2, 3));
            } else {
                made = MethodHandles.collectArguments(
                        made, i, getter(shape.fields().get(i)));
                order.add(0, 1);
            }
        }
        return MethodHandles.permuteArguments(
                made, created(), order.stream().mapToInt(i -> i).toArray());
    }

    private static MethodType created() {
        return MethodType.methodType(Object.class, int.class, Object.class, Object[].class, int[].class);
    }

    /** The body of a loop that puts what is made into its slot. */
    private static MethodHandle kept(MethodHandle made) {
        // (index, from, slots, links, index, slots, targets), then (index, pristine, index, slots, links, index, slots,
        // targets)
        MethodHandle both = MethodHandles.collectArguments(KEEP, 0, made);
        MethodHandle all = MethodHandles.collectArguments(both, 1, ELEMENT);
        return MethodHandles.permuteArguments(all, BODY, 0, 1, 0, 2, 3, 0, 2, 4);
    }

    /** The body of a loop over objects that stand in their slots. */
    private static MethodHandle filled(MethodHandle fields) {
        // (index, slots, targets, from, index, slots, links), then pristine and index for from
        MethodHandle both = MethodHandles.collectArguments(fields, 0, TARGET);
        MethodHandle all = MethodHandles.collectArguments(both, 3, ELEMENT);
        return MethodHandles.permuteArguments(all, BODY, 0, 2, 4, 1, 0, 0, 2, 3);
    }

    private static MethodHandle loop(MethodHandle body) {
        MethodHandle count = MethodHandles.dropArguments(
                MethodHandles.arrayLength(Object[].class), 1, Object[].class, int[].class, int[].class);
        return MethodHandles.countedLoop(count, null, body);
    }

    private static MethodHandle getter(Field field) throws IllegalAccessException {
        MethodHandle getter = LOOKUP.unreflectGetter(field);
        return getter.asType(getter.type().erase());
    }

    private static MethodHandle setter(Field field) throws IllegalAccessException {
        MethodHandle setter = LOOKUP.unreflectSetter(field);
        return setter.asType(setter.type().erase());
    }

    private static MethodHandle helper(String name, Class<?> result, Class<?>... parameters) {
        try {
            return LOOKUP.findStatic(Copiers.class, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no access to a method of this class", e);
        }
    }

    private static @Nullable Object link(int width, int link, int index, Object[] slots, int[] links) {
        return slots[links[index * width + link]];
    }

    private static Object target(int index, Object[] slots, int[] targets) {
        return slots[targets[index]];
    }

    private static void keep(Object made, int index, Object[] slots, int[] targets) {
        slots[targets[index]] = made;
    }
}
