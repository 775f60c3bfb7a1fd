package dev.sluice.transport.loop;

import dev.sluice.transport.Loop;
import dev.sluice.transport.LoopEndedException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * The thread of one loop. A turn is: wait for events (not at all if there is something to do), handle them, run what is due, run what was
 * queued before the turn, send what was written. Tasks queued by a turn's tasks wait for the next turn, so sockets are never starved.
 * After the events and after the tasks comes what waits for the top level ({@link Loop#atTop}): there virtual threads are mounted.
 *
 * <pre>
 * running --requestStop--&gt; stopping (no new tasks; sockets are closed) --all closed or 5 s--&gt; stopped
 * </pre>
 *
 * <p>Nothing that is thrown in a turn ends the loop, an exhausted memory least of all: it fails the event, task or connection that it
 * happened to, and the next turn goes on. Only a loop of which every turn fails for 30 s ends; whoever opened the transport has to look
 * whether its threads live.
 */
public abstract class LoopThread extends XnioIoThread {
    private static final LoopFailures TASK = new LoopFailures("a task of a loop failed");
    private static final LoopFailures END = new LoopFailures("a loop ends: its connections are lost");
    private static final LoopFailures TURN = new LoopFailures("a turn of a loop failed; the loop goes on");
    private static final System.Logger LOG = System.getLogger(LoopThread.class.getName());
    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long HOPELESS_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Loop loop = new Loop(this);
    private final Timers timers = new Timers();
    private final Queue<Runnable> foreign = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Runnable> own = new ArrayDeque<>();
    private volatile boolean sleeping;
    private volatile boolean stopping;
    private long stopDeadline;
    private boolean failing;
    private long failingSince;

    /** A thread that is not started yet; a daemon. */
    protected LoopThread(LoopWorker worker, int index, String name) {
        super(worker, index, name);
        setDaemon(true);
        loop.whenWanted(this::wakeUpIfSleeping);
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
            for (boolean over = false; !over; ) {
                if (loop.isWanted()) {
                    loop.letOthersEnd();
                }
                over = nextTurn();
            }
        } catch (Throwable e) {
            END.log(e);
        } finally {
            stopping = true;
            loop.end();
            release();
        }
    }

    /** One turn, on the thread that drives the loop; true if the loop is finished. */
    final boolean nextTurn() {
        try {
            if (finished()) {
                return true;
            }
            turn();
            failing = false;
        } catch (LoopEndedException e) {
            return true;
        } catch (Throwable e) {
            awake();
            survive(e);
        }
        return false;
    }

    /** Lets the next turn try again, unless all of them have failed for long. */
    private void survive(Throwable failure) {
        long now = System.nanoTime();
        if (!failing) {
            failing = true;
            failingSince = now;
        } else if (now - failingSince > HOPELESS_NANOS) {
            throw new IllegalStateException("every turn of loop " + getName() + " has failed for 30 s", failure);
        }
        TURN.log(failure);
        LockSupport.parkNanos(this, PAUSE_AFTER_FAILURE_NANOS);
    }

    private void turn() {
        poll(waitNanos());
        awake();
        loop.runReady(this::taskFailed);
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
        loop.runReady(this::taskFailed);
        endTurn();
    }

    private long waitNanos() {
        if (loop.hasHalfTurn() || !own.isEmpty() || loop.hasReady() || loop.isWanted() || stopping) {
            return 0;
        }
        sleeping = true;
        // A foreign thread that saw us awake has queued its task before this check, or said that it wants the loop
        // back.
        if (!foreign.isEmpty() || loop.isWanted()) {
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
        if (own.isEmpty() && !loop.hasReady() && foreign.isEmpty() && socketsClosed()) {
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

    private void runSafely(@Nullable Runnable task) {
        if (task == null) {
            return;
        }
        try {
            task.run();
        } catch (Throwable e) {
            taskFailed(e);
        }
    }

    private void taskFailed(Throwable failure) {
        TASK.log(failure);
    }

    final void requestStop() {
        stopping = true;
        wakeUpIfSleeping();
    }

    /** Wakes the loop if it sleeps and this is another thread. */
    protected final void wakeUpIfSleeping() {
        if (sleeping && !loop.isActing()) {
            wakeUp();
        }
    }

    /** Queues a task for the loop itself, even while it stops. */
    public final void executeAlways(Runnable task) {
        if (loop.enter()) {
            try {
                own.add(task);
            } finally {
                loop.leave();
            }
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
