package dev.sluice.transport.loop;

import dev.sluice.transport.Loop;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * The thread of one loop. A turn is: wait for events (not at all if there is something to do), run what is due, run what was queued before
 * the turn, send what was written. Tasks queued by a turn's tasks wait for the next turn, so sockets are never starved.
 *
 * <pre>
 * running --requestStop--&gt; stopping (no new tasks; sockets are closed) --all closed or 5 s--&gt; stopped
 * </pre>
 */
public abstract class LoopThread extends XnioIoThread {
    private static final System.Logger LOG = System.getLogger(LoopThread.class.getName());
    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Loop loop = new Loop(this);
    private final Timers timers = new Timers();
    private final Queue<Runnable> foreign = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Runnable> own = new ArrayDeque<>();
    private volatile boolean sleeping;
    private volatile boolean stopping;
    private long stopDeadline;

    /** A thread that is not started yet; a daemon. */
    protected LoopThread(LoopWorker worker, int index, String name) {
        super(worker, index, name);
        setDaemon(true);
    }

    /** The loop that this thread drives. */
    public final Loop loop() {
        return loop;
    }

    /** Opens what must be made on the thread itself. */
    protected void opened() {}

    /**
     * Handles events, waiting for the first at most that many nanoseconds: 0 does not wait, -1 waits without a limit. Calls
     * {@link #awake()} as soon as it no longer waits.
     */
    protected abstract void poll(long nanos);

    /** Notes that the loop does not wait any more, so that other threads need not wake it. */
    protected final void awake() {
        if (sleeping) {
            sleeping = false;
        }
    }

    /** Makes {@link #poll} return; called on any other thread, only while the loop sleeps. */
    protected abstract void wakeUp();

    /** Ends the turn: hands over what was written in it. */
    protected void endTurn() {}

    /** Begins to close everything; called once, on the loop. */
    protected abstract void closeSockets();

    /** True when no socket is left; asked on the loop after {@link #closeSockets}. */
    protected abstract boolean socketsClosed();

    /** Gives back what the thread holds; called once at its end, or instead of starting it. */
    protected abstract void release();

    final void discard() {
        release();
    }

    @Override
    public final void run() {
        try {
            opened();
            while (!finished()) {
                turn();
            }
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.ERROR, "loop " + getName() + " ends: its connections are lost", e);
            throw e;
        } finally {
            stopping = true;
            release();
        }
    }

    private void turn() {
        poll(waitNanos());
        awake();
        for (Runnable due = timers.pollDue(System.nanoTime()); due != null; due = timers.pollDue(System.nanoTime())) {
            runSafely(due);
        }
        for (int count = own.size(); count > 0; count--) {
            runSafely(own.poll());
        }
        for (int count = 1024; count > 0; count--) {
            Runnable task = foreign.poll();
            if (task == null) {
                break;
            }
            runSafely(task);
        }
        endTurn();
    }

    private long waitNanos() {
        if (!own.isEmpty() || stopping) {
            return 0;
        }
        sleeping = true;
        // A foreign thread that saw us awake has queued its task before this check.
        if (!foreign.isEmpty()) {
            sleeping = false;
            return 0;
        }
        return timers.delay(System.nanoTime());
    }

    private boolean finished() {
        if (!stopping) {
            return false;
        }
        if (stopDeadline == 0) {
            stopDeadline = System.nanoTime() + STOP_NANOS;
            closeSockets();
            return false;
        }
        if (own.isEmpty() && foreign.isEmpty() && socketsClosed()) {
            return true;
        }
        if (System.nanoTime() - stopDeadline > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "loop " + getName() + " ends with sockets that did not close within 5 s");
            return true;
        }
        return false;
    }

    private static void runSafely(@Nullable Runnable task) {
        if (task == null) {
            return;
        }
        try {
            task.run();
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.ERROR, "a task of a loop failed: " + task, e);
        }
    }

    final void requestStop() {
        stopping = true;
        wakeUpIfSleeping();
    }

    /** Wakes the loop if it sleeps and this is another thread. */
    protected final void wakeUpIfSleeping() {
        if (sleeping && !loop.isCurrent()) {
            wakeUp();
        }
    }

    /** Queues a task for the loop itself, even while it stops. */
    public final void executeAlways(Runnable task) {
        if (loop.isCurrent()) {
            own.add(task);
        } else {
            foreign.add(task);
            wakeUpIfSleeping();
        }
    }

    @Override
    public final void execute(Runnable command) {
        rejectIfStopping(command);
        executeAlways(command);
    }

    private void rejectIfStopping(Runnable command) {
        if (stopping) {
            throw new RejectedExecutionException("loop " + getName() + " was shut down; refused " + command);
        }
    }

    @Override
    public final Key executeAfter(Runnable command, long time, TimeUnit unit) {
        rejectIfStopping(command);
        return after(command, unit.toNanos(time));
    }

    /** The same as {@link #executeAfter}, also while the loop stops. */
    protected final Key after(Runnable command, long nanos) {
        Timers.Timer timer =
                timers.timer(command, System.nanoTime() + Math.min(Math.max(0, nanos), Long.MAX_VALUE / 2));
        if (timers.add(timer)) {
            wakeUpIfSleeping();
        }
        return timer;
    }

    @Override
    public final Key executeAtInterval(Runnable command, long time, TimeUnit unit) {
        rejectIfStopping(command);
        return new Repeating(command, Math.max(1, unit.toNanos(time))).start();
    }

    private final class Repeating implements Key, Runnable {
        private final Runnable command;
        private final long nanos;
        private final AtomicReference<@Nullable Key> next = new AtomicReference<>();
        private volatile boolean removed;

        Repeating(Runnable command, long nanos) {
            this.command = command;
            this.nanos = nanos;
        }

        Repeating start() {
            next.set(after(this, nanos));
            return this;
        }

        @Override
        public void run() {
            try {
                command.run();
            } finally {
                if (!removed && !stopping) {
                    start();
                    if (removed) {
                        remove();
                    }
                }
            }
        }

        @Override
        public boolean remove() {
            removed = true;
            Key key = next.getAndSet(null);
            return key != null && key.remove();
        }
    }
}
