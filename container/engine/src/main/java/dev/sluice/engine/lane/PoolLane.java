package dev.sluice.engine.lane;

import dev.sluice.engine.http.EventLoop;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A shared pool: a virtual thread for each request where the JDK has them (21; on carriers of ours where the JDK lets us, so that what holds
 * one keeps nobody waiting: see {@link PoolCarriers}), otherwise a bounded number of platform threads, of which the
 * gate lets one application have a share only: what blocks in all of its requests leaves a quarter more for the others.
 */
public final class PoolLane implements Lane, AutoCloseable {
    private final @Nullable ExecutorService executor;
    private final @Nullable PoolCarriers carriers; // or an executor
    private final int share;

    private PoolLane(@Nullable ExecutorService executor, @Nullable PoolCarriers carriers, int share) {
        this.executor = executor;
        this.carriers = carriers;
        this.share = share;
    }

    /** The best pool that this JDK can have; the share counts on platform threads only, because permits bound virtual ones. */
    public static PoolLane choose(int share) {
        if (VirtualThreads.reasonAgainstLoops().isEmpty()) {
            return onCarriers(PoolCarriers.usual());
        }
        Optional<ThreadFactory> factory = VirtualThreads.factory("sluice-pool-");
        return factory.map(threads -> new PoolLane(VirtualThreads.perTaskExecutor(threads), null, Integer.MAX_VALUE))
                .orElseGet(() -> ofPlatformThreads(share));
    }

    /**
     * Virtual threads on carriers of ours.
     *
     * @param usual how many carriers there are as long as none is held
     */
    static PoolLane onCarriers(int usual) {
        PoolCarriers carriers = PoolCarriers.start(usual);
        return new PoolLane(null, carriers, Integer.MAX_VALUE);
    }

    /**
     * A pool of platform threads on any JDK.
     *
     * @param share how many of them one application may have
     */
    public static PoolLane ofPlatformThreads(int share) {
        if (share < 1 || share > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("threads of an application: " + share + " (expected: at least 1)");
        }
        return new PoolLane(platformPool(size(share)), null, share);
    }

    private static int size(int share) {
        return share + Math.max(1, share / 4);
    }

    private static ExecutorService platformPool(int threads) {
        AtomicInteger count = new AtomicInteger();
        IdleFirst queue = new IdleFirst();
        return new ThreadPoolExecutor(
                0,
                threads,
                60,
                TimeUnit.SECONDS,
                queue,
                task -> {
                    Thread thread = privileged(() -> new Thread(task));
                    thread.setContextClassLoader(PoolLane.class.getClassLoader());
                    thread.setName("sluice-pool-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                queue::full);
    }

    /**
     * Gives a task to an idle thread if there is one; otherwise the executor makes a thread, and only when it may make no more the task
     * waits. The JDK's executor by itself makes threads until it has all of them, however many are idle.
     */
    private static final class IdleFirst extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }

        /** All threads exist, and none was idle. */
        void full(Runnable task, ThreadPoolExecutor executor) {
            if (executor.isShutdown()) {
                throw new RejectedExecutionException("the pool was closed; refused " + task);
            }
            put(task);
        }
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
        return share == Integer.MAX_VALUE;
    }

    /** How many threads one application may have at once; {@link Integer#MAX_VALUE} if they are virtual. */
    public int share() {
        return share;
    }

    /** What it consists of, for the log. */
    String description() {
        return virtual()
                ? carriers == null ? "virtual threads" : "virtual threads, usually " + carriers.usual + " at once"
                : "at most " + size(share) + " platform threads, " + share + " for one application";
    }

    /** Shows its threads in the JDK's thread dumps; those of an executor are there already. What is returned must be kept. */
    Object showInThreadDumps() {
        return carriers == null ? this : ThreadDumps.show("sluice-pool", carriers::running);
    }

    @Override
    public String name() {
        return "pool";
    }

    @Override
    public void execute(EventLoop loop, LaneTask task) {
        if (executor != null) {
            // Here and not on the thread: whoever hands the task over hears of it if there is no memory for the name.
            String shown = "sluice-pool/" + task.label();
            executor.execute(() -> named(shown, task));
        } else {
            Objects.requireNonNull(carriers).start(task);
        }
    }

    private void named(String shown, LaneTask task) {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        thread.setName(shown);
        if (virtual()) {
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
        if (executor != null) {
            executor.shutdownNow();
        }
        if (carriers != null) {
            carriers.close();
        }
    }
}
