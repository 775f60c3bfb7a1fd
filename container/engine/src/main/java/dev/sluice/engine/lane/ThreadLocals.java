package dev.sluice.engine.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a thread local that a request has set (such as a logging context) is not there for the next request, where threads are
 * used again. Reached like {@link VirtualThreads}; where the JDK does not let us, thread locals stay what the application leaves.
 */
final class ThreadLocals {
    private static final @Nullable Access ACCESS = Access.find();

    private ThreadLocals() {}

    /** How the JDK keeps thread locals. */
    private record Access(VarHandle own, VarHandle inherited, VarHandle size, VarHandle table) {
        static @Nullable Access find() {
            try {
                Class<?> map = Class.forName("java.lang.ThreadLocal$ThreadLocalMap");
                Class<?> entries = Array.newInstance(Class.forName("java.lang.ThreadLocal$ThreadLocalMap$Entry"), 0)
                        .getClass();
                MethodHandles.Lookup thread = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
                MethodHandles.Lookup inside = MethodHandles.privateLookupIn(map, MethodHandles.lookup());
                return new Access(
                        thread.findVarHandle(Thread.class, "threadLocals", map),
                        thread.findVarHandle(Thread.class, "inheritableThreadLocals", map),
                        inside.findVarHandle(map, "size", int.class),
                        inside.findVarHandle(map, "table", entries));
            } catch (ReflectiveOperationException | RuntimeException e) {
                return null;
            }
        }

        int count(VarHandle field) {
            Object map = field.get(Thread.currentThread());
            return map == null ? 0 : (int) size.get(map);
        }

        void forget(VarHandle field) {
            Object map = field.get(Thread.currentThread());
            if (map == null) {
                return;
            }
            Object[] entries = ((Object[]) table.get(map)).clone();
            for (Object entry : entries) {
                if (entry instanceof Reference<?> reference
                        && reference.get() instanceof ThreadLocal<?> local
                        && !ours(local.getClass())) {
                    local.remove();
                }
            }
        }

        /** Those of the JDK and the engine that have a class of their own, such as the cache of the JDK's own buffers. */
        private static boolean ours(Class<?> type) {
            ClassLoader loader = type.getClassLoader();
            boolean plain = type == ThreadLocal.class
                    || type == InheritableThreadLocal.class
                    || type.getName().equals("java.lang.ThreadLocal$SuppliedThreadLocal");
            return !plain && (loader == null || loader == ThreadLocals.class.getClassLoader());
        }
    }

    /** How many the current thread has. */
    static int count() {
        Access access = ACCESS;
        return access == null ? 0 : access.count(access.own()) + access.count(access.inherited());
    }

    /** Forgets what applications may have set, if there are more now than before. */
    static void forget(int before) {
        Access access = ACCESS;
        if (access != null && count() > before) {
            access.forget(access.own());
            access.forget(access.inherited());
        }
    }
}
