package dev.sluice.engine.lane;

import dev.sluice.engine.http.Failures;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks after continuations that wait in the queue of a loop. A loop may itself wait for a lock that a virtual thread in its queue holds or
 * is to get next; then it never comes to its queue, and both wait for ever. So what a loop leaves lying for two ticks goes on with the
 * JDK's own scheduler, as a blocked carrier of that scheduler is compensated for. The same helps those behind a request that keeps the
 * loop busy for long.
 *
 * <p>One daemon thread for all loops, which sleeps while nothing is queued. Any thread may call {@link #watch}.
 */
final class SpareCarrier implements Runnable {
    private static final Failures LOOK = new Failures("waiting continuations could not be looked at; tried again");
    private static final Failures GOING_ON = new Failures("a virtual thread that its loop left could not go on");
    private static final System.Logger LOG = System.getLogger(SpareCarrier.class.getName());
    private static final long TICK_NANOS = 20_000_000;
    private static final int PATIENCE_TICKS = 2;
    private static final SpareCarrier INSTANCE = new SpareCarrier();
    private static final Thread THREAD = start();

    private final Queue<Watched> watched = new ConcurrentLinkedQueue<>();
    private volatile boolean asleep;
    private volatile int tick;

    /** Something that is taken once, by whoever comes first. */
    abstract static class Watched {
        private final AtomicBoolean taken = new AtomicBoolean();
        private int since;

        /** True for the first who asks. */
        public final boolean take() {
            return !taken.get() && taken.compareAndSet(false, true);
        }

        /** Goes on without the loop, unless it was taken meanwhile. */
        final void elsewhere() {
            if (!take()) {
                return;
            }
            try {
                goElsewhere();
            } catch (OutOfMemoryError e) {
                taken.set(false);
                throw e;
            }
        }

        /** Called once, and only if nobody else took it. */
        abstract void goElsewhere();
    }

    private SpareCarrier() {}

    private static Thread start() {
        Thread thread = new Thread(INSTANCE, "sluice-spare-carrier");
        // It may be started by application code, whose loader it must not keep.
        thread.setContextClassLoader(SpareCarrier.class.getClassLoader());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Sees to it that this goes on. */
    static void watch(Watched one) {
        INSTANCE.add(one);
    }

    private void add(Watched one) {
        one.since = tick;
        watched.add(one);
        if (asleep) {
            LockSupport.unpark(THREAD);
        }
    }

    @Override
    public void run() {
        while (true) {
            asleep = true;
            // Whoever saw us awake has added before this check.
            while (watched.isEmpty()) {
                LockSupport.park(this);
            }
            asleep = false;
            LockSupport.parkNanos(this, TICK_NANOS);
            try {
                look();
            } catch (Throwable e) {
                LOOK.log(e);
            }
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    private void look() {
        int now = ++tick;
        for (Watched first; (first = watched.peek()) != null; ) {
            if (!first.taken.get()) {
                if (now - first.since <= PATIENCE_TICKS) {
                    return;
                }
                goOn(first);
            }
            watched.poll();
        }
    }

    /** Without memory it throws, and is to be called again. */
    private static void goOn(Watched one) {
        try {
            LOG.log(System.Logger.Level.DEBUG, "a loop did not come to a virtual thread in time; it goes on elsewhere");
            one.elsewhere();
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            GOING_ON.log(e);
        }
    }
}
