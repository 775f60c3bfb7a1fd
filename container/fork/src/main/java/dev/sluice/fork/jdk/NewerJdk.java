package dev.sluice.fork.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** What is used of JDKs newer than the one this is compiled for, found by method handles. */
final class NewerJdk {
    private NewerJdk() {}

    /** Registers a wrapper made by a factory of {@link Collections}, if this JDK has it. */
    static void wrapper(
            String factory, String parameter, Object content, BiConsumer<Object, Function<Object, Object>> registry) {
        try {
            Class<?> type = Class.forName(parameter);
            MethodHandle wrap = MethodHandles.lookup()
                    .findStatic(Collections.class, factory, MethodType.methodType(type, type))
                    .asType(MethodType.genericMethodType(1));
            Function<Object, Object> wrapper = inner -> call(wrap, inner);
            registry.accept(wrapper.apply(content), wrapper);
        } catch (ClassNotFoundException | NoSuchMethodException olderJdk) {
            // Nothing can hold such a wrapper on this JDK.
            return;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("no access to Collections." + factory, e);
        }
    }

    private static Object call(MethodHandle handle, Object argument) {
        try {
            return (Object) handle.invokeExact(argument);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
