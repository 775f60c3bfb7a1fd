package dev.sluice.engine.lane;

import dev.sluice.engine.http.EventLoop;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A shared pool: a virtual thread for each request where the JDK has them (21), otherwise a bounded number of platform threads. */
public final class PoolLane implements Lane, AutoCloseable {
    private final ExecutorService executor;
    private final boolean virtual;

    /** A pool; the bound counts on platform threads only, because permits bound virtual ones. */
    public PoolLane(int platformThreads) {
        Optional<ThreadFactory> factory = VirtualThreads.factory("sluice-pool-");
        virtual = factory.isPresent();
        executor = factory.map(VirtualThreads::perTaskExecutor).orElseGet(() -> platformPool(platformThreads));
    }

    private static ExecutorService platformPool(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads of the pool: " + threads + " (expected: at least 1)");
        }
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = privileged(() -> new Thread(task));
                    thread.setContextClassLoader(PoolLane.class.getClassLoader());
                    thread.setName("sluice-pool-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Application code may be on the stack when the pool grows, and before JDK 24 a thread remembers the protection domains of the stack that
     * made it, and with them the application's class loader.
     */
    @SuppressWarnings("removal")
    private static Thread privileged(PrivilegedAction<Thread> action) {
        return AccessController.doPrivileged(action);
    }

    /** Whether its threads are virtual. */
    public boolean virtual() {
        return virtual;
    }

    @Override
    public String name() {
        return "pool";
    }

    @Override
    public void execute(EventLoop loop, LaneTask task) {
        executor.execute(() -> named(task));
    }

    private void named(LaneTask task) {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        thread.setName("sluice-pool/" + task.label());
        if (virtual) {
            task.run();
            return;
        }
        try {
            task.run();
        } finally {
            ThreadLocals.forget(0);
            thread.setName(name);
        }
    }

    /** Takes no more tasks; interrupts those that run. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
