package dev.sluice.fork.shape;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;

/**
 * Makes objects without running a constructor of their class.
 *
 * <p>Both ways live in the module {@code jdk.unsupported}, found by reflection so that this module needs no other:
 * {@code Unsafe.allocateInstance}, which the JIT turns into a plain allocation when the class is a constant, and
 * {@code ReflectionFactory.newConstructorForSerialization} where the former is gone.
 */
final class Allocation {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final Way WAY = probe();

    private Allocation() {}

    /** One way to make a handle of type {@code ()Object} for a class. */
    interface Way {
        MethodHandle allocator(Class<?> type) throws ReflectiveOperationException;
    }

    /** A handle of type {@code ()Object} that makes an instance whose fields are all null, zero or false. */
    static MethodHandle of(Class<?> type) {
        try {
            return WAY.allocator(type).asType(MethodType.methodType(Object.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot prepare the allocation of " + type.getName(), e);
        }
    }

    private static Way probe() {
        try {
            return unsafe();
        } catch (ReflectiveOperationException | RuntimeException withoutUnsafe) {
            try {
                return serialization();
            } catch (ReflectiveOperationException | RuntimeException e) {
                e.addSuppressed(withoutUnsafe);
                throw new IllegalStateException(
                        "this JDK offers no way to allocate an object without a constructor; add the module jdk.unsupported",
                        e);
            }
        }
    }

    static Way unsafe() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field instance = type.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        MethodHandle allocate = LOOKUP.findVirtual(
                        type, "allocateInstance", MethodType.methodType(Object.class, Class.class))
                .bindTo(instance.get(null));
        return wanted -> MethodHandles.insertArguments(allocate, 0, wanted);
    }

    static Way serialization() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.reflect.ReflectionFactory");
        MethodHandle make = LOOKUP.findVirtual(
                        type,
                        "newConstructorForSerialization",
                        MethodType.methodType(Constructor.class, Class.class, Constructor.class))
                .bindTo(type.getMethod("getReflectionFactory").invoke(null));
        MethodHandle invoke = LOOKUP.findStatic(
                Allocation.class, "newInstance", MethodType.methodType(Object.class, Constructor.class));
        Constructor<Object> plain = Object.class.getDeclaredConstructor();
        return wanted -> invoke.bindTo(serializationConstructor(make, wanted, plain));
    }

    /**
     * A handle of type {@code (Object[])Object} that makes an instance of a class and runs on it the constructor of one of its
     * superclasses, and no other.
     */
    static MethodHandle initialized(Class<?> type, Constructor<?> superclass) throws ReflectiveOperationException {
        Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
        Constructor<?> constructor =
                (Constructor<?>) factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                        .invoke(factory.getMethod("getReflectionFactory").invoke(null), type, superclass);
        return LOOKUP.findStatic(
                        Allocation.class, "run", MethodType.methodType(Object.class, Constructor.class, Object[].class))
                .bindTo(constructor);
    }

    private static Object run(Constructor<?> constructor, Object[] arguments) throws ReflectiveOperationException {
        return constructor.newInstance(arguments);
    }

    private static Constructor<?> serializationConstructor(
            MethodHandle make, Class<?> wanted, Constructor<Object> plain) throws ReflectiveOperationException {
        try {
            return (Constructor<?>) make.invoke(wanted, plain);
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new ReflectiveOperationException(e);
        }
    }

    private static Object newInstance(Constructor<?> constructor) throws ReflectiveOperationException {
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("constructor of java.lang.Object threw", e);
        }
    }
}
