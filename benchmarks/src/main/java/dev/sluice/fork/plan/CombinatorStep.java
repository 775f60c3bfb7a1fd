package dev.sluice.fork.plan;

import dev.sluice.fork.order.Group;
import dev.sluice.fork.shape.ObjectShape;
import dev.sluice.fork.walk.Node;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.BitSet;
import java.util.List;

/** Rebuilds objects of one class by one method handle made of combinators. */
final class CombinatorStep extends Step {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType ONE =
            MethodType.methodType(void.class, Object.class, Object.class, Object[].class, int[].class, int.class);

    private final MethodHandle one;
    private final Object[] pristine;
    private final int[] links;
    private final int width;
    private final int[] targets;

    private CombinatorStep(MethodHandle one, Object[] pristine, int[] links, int width, int[] targets) {
        this.one = one;
        this.pristine = pristine;
        this.links = links;
        this.width = width;
        this.targets = targets;
    }

    static Step of(ObjectShape shape, Group group, Constants constants) {
        BitSet rebuilt = new BitSet();
        for (Node node : group.nodes()) {
            for (int i = 0; i < node.kids(); i++) {
                if (node.copiedKid(i) != null) {
                    rebuilt.set(i);
                }
            }
        }
        int width = rebuilt.cardinality();
        int[] links = new int[group.size() * width];
        int next = 0;
        for (Node node : group.nodes()) {
            for (int i = rebuilt.nextSetBit(0); i >= 0; i = rebuilt.nextSetBit(i + 1)) {
                links[next++] = constants.slot(node, i);
            }
        }
        try {
            return new CombinatorStep(copier(shape, rebuilt), group.pristine(), links, width, group.slots());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle copier(ObjectShape shape, BitSet rebuilt) throws ReflectiveOperationException {
        // All handles take (to, from, slots, links, at); the last one gives the object back.
        MethodHandle body = MethodHandles.dropArguments(
                MethodHandles.identity(Object.class), 1, ONE.parameterList().subList(1, 5));
        List<Field> references = shape.references();
        int link = rebuilt.cardinality();
        for (int i = references.size() - 1; i >= 0; i--) {
            Field field = references.get(i);
            body = MethodHandles.foldArguments(body, rebuilt.get(i) ? relink(field, --link) : transfer(field));
        }
        for (Field field : shape.primitives()) {
            body = MethodHandles.foldArguments(body, transfer(field));
        }
        MethodHandle allocate = MethodHandles.dropArguments(
                shape.allocator(), 0, ONE.parameterList().subList(1, 5));
        return MethodHandles.foldArguments(body, allocate);
    }

    private static MethodHandle transfer(Field field) throws ReflectiveOperationException {
        MethodHandle getter = LOOKUP.unreflectGetter(field);
        MethodHandle setter = LOOKUP.unreflectSetter(field);
        MethodHandle both = MethodHandles.filterArguments(
                setter.asType(setter.type().changeParameterType(0, Object.class)),
                1,
                getter.asType(getter.type().changeParameterType(0, Object.class)));
        return MethodHandles.dropArguments(both, 2, ONE.parameterList().subList(2, 5));
    }

    private static MethodHandle relink(Field field, int link) throws ReflectiveOperationException {
        MethodHandle setter =
                LOOKUP.unreflectSetter(field).asType(MethodType.methodType(void.class, Object.class, Object.class));
        MethodHandle take = LOOKUP.findStatic(
                CombinatorStep.class,
                "take",
                MethodType.methodType(Object.class, Object[].class, int[].class, int.class, int.class));
        MethodHandle both = MethodHandles.collectArguments(setter, 1, MethodHandles.insertArguments(take, 3, link));
        return MethodHandles.dropArguments(both, 1, Object.class);
    }

    private static Object take(Object[] slots, int[] links, int at, int link) {
        return slots[links[at + link]];
    }

    @Override
    void run(Object[] slots) {
        try {
            for (int i = 0; i < pristine.length; i++) {
                slots[targets[i]] = (Object) one.invokeExact(pristine[i], slots, links, i * width);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
