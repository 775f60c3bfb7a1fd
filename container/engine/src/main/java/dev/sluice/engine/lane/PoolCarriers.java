package dev.sluice.engine.lane;

import dev.sluice.engine.http.Failures;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The platform threads that carry the pool's virtual threads. There are usually fewer of them than processors, so that the loops find a
 * processor free. A virtual thread is not interrupted for another, so whatever spins or is pinned keeps its carrier; the JDK's own scheduler
 * would let everybody else wait when as many do so as it has carriers. Here, when something waits and no carrier has come free for a tick,
 * there is one carrier more, up to a bound; when nothing waits for a while the additional ones go.
 *
 * <p>One daemon thread looks at the queue, and sleeps while that is empty. Any thread may call {@link #start(LaneTask)}.
 */
final class PoolCarriers implements Runnable {
    private static final Failures LOOK = new Failures("the queue of the pool could not be looked at; tried again");
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int TICKS_UNTIL_SHRINKING = 200;
    private static final int MOST = 256;

    final int usual;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final ThreadPoolExecutor carriers;
    private final Thread watcher;
    private volatile boolean asleep;
    private volatile boolean closed;
    private volatile long taken; // any change tells; a lost one makes a carrier too many

    private PoolCarriers(int usual) {
        this.usual = usual;
        this.carriers = new ThreadPoolExecutor(usual, MOST, 10, TimeUnit.SECONDS, queue, this::carrier);
        carriers.allowCoreThreadTimeOut(true);
        this.watcher = daemon(this, "sluice-pool-watch");
    }

    /**
     * Carriers that are made when they are needed.
     *
     * @param usual how many there are as long as none is held
     */
    static PoolCarriers start(int usual) {
        PoolCarriers carriers = new PoolCarriers(usual);
        carriers.watcher.start();
        return carriers;
    }

    /** One fewer than processors, at least one. */
    static int usual() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    }

    private Thread carrier(Runnable work) {
        return daemon(work, "sluice-pool-carrier-" + count.incrementAndGet());
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setContextClassLoader(PoolCarriers.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /** The virtual threads that have not ended. */
    Set<Thread> running() {
        return running;
    }

    /** How many carriers may run now. */
    int size() {
        return carriers.getCorePoolSize();
    }

    /**
     * Runs the task on a virtual thread of its own.
     *
     * @throws RejectedExecutionException after {@link #close}
     */
    void start(LaneTask task) {
        Carried carried = new Carried(task);
        running.add(carried.thread);
        if (closed) {
            running.remove(carried.thread);
            throw new RejectedExecutionException("the pool was closed; refused " + task.label());
        }
        try {
            carried.thread.start();
        } catch (Error e) { // Such as no memory for it.
            running.remove(carried.thread);
            throw e;
        }
    }

    /** The scheduler of one virtual thread, which measures how long that holds its carriers. */
    private final class Carried implements Executor, Runnable {
        private final LaneTask task;
        private final Thread thread;
        private @Nullable Runnable continuation;
        private long longest;

        Carried(LaneTask task) {
            this.task = task;
            this.thread = VirtualThreads.on(this, "sluice-pool/" + task.label(), task);
        }

        /**
         * The JDK hands over the same continuation of a thread each time; the first is that of the task's own thread. Threads that it starts
         * inherit the scheduler, and go to the JDK's own.
         */
        @Override
        public void execute(Runnable next) {
            if (continuation == null) {
                continuation = next;
            }
            if (continuation != next) {
                VirtualThreads.usualScheduler().execute(next);
                return;
            }
            carriers.execute(this);
            if (asleep) {
                LockSupport.unpark(watcher);
            }
        }

        /** On a carrier. */
        @Override
        @SuppressWarnings("NonAtomicOperationOnVolatileField")
        public void run() {
            taken++;
            long before = longest;
            long start = HoldClock.now(true);
            Objects.requireNonNull(continuation).run();
            // From here on another carrier may run the next part already.
            long held = Math.max(before, HoldClock.now(true) - start);
            if (thread.getState() != Thread.State.TERMINATED) {
                longest = held;
            } else if (running.remove(thread)) {
                task.ranOnPool(held);
            }
        }
    }

    @Override
    public void run() {
        long before = 0;
        int quiet = 0;
        while (!closed) {
            asleep = true;
            // Whoever saw us awake has queued before this check.
            while (queue.isEmpty() && size() == usual && !closed) {
                LockSupport.park(this);
            }
            asleep = false;
            LockSupport.parkNanos(this, TICK_NANOS);
            try {
                long now = taken;
                quiet = queue.isEmpty() ? quiet + 1 : 0;
                if (quiet == 0 && now == before && size() < MOST) {
                    carriers.setCorePoolSize(size() + 1);
                } else if (quiet >= TICKS_UNTIL_SHRINKING && size() > usual) {
                    carriers.setCorePoolSize(usual);
                }
                before = now;
            } catch (Throwable e) { // Such as no memory for a thread.
                LOOK.log(e);
            }
        }
    }

    /** Takes no more tasks and interrupts those that run; carriers end when they are idle. */
    void close() {
        closed = true;
        running.forEach(Thread::interrupt);
        LockSupport.unpark(watcher);
    }
}
