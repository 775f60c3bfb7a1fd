package dev.sluice.engine.lane;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What this JDK can do with virtual threads, found out once by trying it.
 *
 * <p>A virtual thread whose scheduler is ours is made by {@code java.lang.ThreadBuilders.newVirtualThread}, which is not public; it is
 * reached with {@code --add-opens java.base/java.lang=ALL-UNNAMED} (or {@code Add-Opens} in the manifest of the jar that is started).
 */
final class VirtualThreads {
    private static final int LEAST_JDK_FOR_LOOP = 24;
    private static final @Nullable MethodHandle NEW_THREAD;
    private static final @Nullable Executor USUAL_SCHEDULER;
    private static final String REASON;

    static {
        MethodHandle found = null;
        Executor usual = null;
        String reason;
        try {
            found = find();
            usual = findUsualScheduler();
            reason = tried(found);
            found = reason.isEmpty() ? found : null;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            reason = explain(e);
        }
        NEW_THREAD = reason.isEmpty() ? found : null;
        USUAL_SCHEDULER = usual;
        REASON = reason;
    }

    private VirtualThreads() {}

    private static MethodHandle find() throws ReflectiveOperationException {
        int feature = Runtime.version().feature();
        if (feature < LEAST_JDK_FOR_LOOP) {
            throw new IllegalStateException("JDK " + feature + " (needs " + LEAST_JDK_FOR_LOOP + " or newer)");
        }
        Method method = Class.forName("java.lang.ThreadBuilders")
                .getDeclaredMethod("newVirtualThread", Executor.class, String.class, int.class, Runnable.class);
        method.setAccessible(true);
        return MethodHandles.lookup()
                .unreflect(method)
                .asType(MethodType.methodType(Thread.class, Executor.class, String.class, int.class, Runnable.class));
    }

    private static Executor findUsualScheduler() throws ReflectiveOperationException {
        Method method = Class.forName("java.lang.VirtualThread").getDeclaredMethod("defaultScheduler");
        method.setAccessible(true);
        return (Executor) method.invoke(null);
    }

    private static String explain(Throwable failure) {
        if (failure.getClass().getSimpleName().equals("InaccessibleObjectException")) {
            return "java.lang is closed (start with --add-opens java.base/java.lang=ALL-UNNAMED)";
        }
        return failure instanceof IllegalStateException && failure.getMessage() != null
                ? failure.getMessage()
                : "this JDK makes virtual threads in another way: " + failure;
    }

    /** Parks and continues a virtual thread on this very thread; empty if that works. */
    private static String tried(MethodHandle make) {
        ArrayDeque<Runnable> queue = new ArrayDeque<>();
        StringBuilder steps = new StringBuilder();
        Thread thread = make(make, queue::add, "sluice-probe", () -> {
            steps.append("a");
            LockSupport.park();
            steps.append("b");
        });
        thread.start();
        runAll(queue);
        LockSupport.unpark(thread);
        runAll(queue);
        return steps.toString().equals("ab") && !thread.isAlive()
                ? ""
                : "a virtual thread on our own scheduler did not continue (steps: " + steps + ")";
    }

    private static void runAll(ArrayDeque<Runnable> queue) {
        for (Runnable next; (next = queue.poll()) != null; ) {
            next.run();
        }
    }

    private static Thread make(MethodHandle make, Executor scheduler, String name, Runnable task) {
        try {
            return (Thread) make.invokeExact(scheduler, name, 0, task);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("making a virtual thread failed", e);
        }
    }

    /** Why a loop cannot carry virtual threads here; empty if it can. */
    static String reasonAgainstLoops() {
        return REASON;
    }

    /** A virtual thread, not started, whose continuations the scheduler runs. */
    static Thread on(Executor scheduler, String name, Runnable task) {
        MethodHandle make = NEW_THREAD;
        if (make == null) {
            throw new IllegalStateException("virtual threads on loops: " + REASON);
        }
        return make(make, scheduler, name, task);
    }

    /** The JDK's own scheduler, which runs what has no other. */
    static Executor usualScheduler() {
        Executor usual = USUAL_SCHEDULER;
        if (usual == null) {
            throw new IllegalStateException("virtual threads on loops: " + REASON);
        }
        return usual;
    }

    /** Makes virtual threads on the JDK's own scheduler (JDK 21); empty before. */
    static Optional<ThreadFactory> factory(String namePrefix) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
            Object named = type.getMethod("name", String.class, long.class).invoke(builder, namePrefix, 1L);
            return Optional.of((ThreadFactory) Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(named));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    /** A thread of the factory for each task. */
    static ExecutorService perTaskExecutor(ThreadFactory factory) {
        try {
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, factory);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK has virtual threads but no executor for them", e);
        }
    }
}
