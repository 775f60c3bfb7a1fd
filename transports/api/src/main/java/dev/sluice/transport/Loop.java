package dev.sluice.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/**
 * One I/O thread with what belongs to it.
 *
 * <p>A virtual thread that the loop runs in place is on the loop too, although {@link Thread#currentThread()} says otherwise. It is mounted
 * from the top level of the loop's turn only, where no event handler and no monitor is below it: the JDK would take monitors of the frames
 * below away with the virtual thread when that unmounts. Whoever mounts one tells so, and everybody asks {@link #isCurrent()}:
 *
 * <pre>{@code
 * loop.atTop(() -> {
 *     loop.mounted(virtualThread);
 *     try { continuation.run(); } finally { loop.unmounted(); }
 * });
 * }</pre>
 */
public final class Loop implements Executor {
    private static final VarHandle MOUNTED;
    private static final boolean CHECKED = Boolean.getBoolean("sluice.checked-mounts");

    static {
        try {
            MOUNTED = MethodHandles.lookup().findVarHandle(Loop.class, "mounted", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final XnioIoThread thread;
    private final LoopCounters counters = new LoopCounters(this::isCurrent);

    @SuppressWarnings("unused") // through MOUNTED; written by the loop's thread only
    private volatile @Nullable Thread mounted;

    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private boolean atTop; // the loop's thread runs what is ready, and nothing else is below
    private final List<Runnable> whenHeld = new CopyOnWriteArrayList<>();
    private volatile boolean held;

    /** Made by a transport, once for each of its I/O threads. */
    public Loop(XnioIoThread thread) {
        this.thread = Objects.requireNonNull(thread, "thread");
    }

    /** The position in {@link Transport#loops()}. */
    public int index() {
        return thread.getNumber();
    }

    /** The name of its thread. */
    public String name() {
        return thread.getName();
    }

    /** The thread that drives the loop. */
    public XnioIoThread thread() {
        return thread;
    }

    /** True on the loop's own thread and on the virtual thread that is mounted on it now. */
    public boolean isCurrent() {
        Thread current = Thread.currentThread();
        return current == thread || MOUNTED.getOpaque(this) == current;
    }

    /** True while a virtual thread is mounted; asked by the loop's own thread. */
    public boolean isMounted() {
        return MOUNTED.getOpaque(this) != null;
    }

    /**
     * Has the command run at the top level of this turn, as soon as the event handler or task that is running has returned, and before
     * the turn ends: the only place where virtual threads are mounted. On the loop only ({@link #isCurrent}).
     */
    public void atTop(Runnable command) {
        ready.addLast(command);
    }

    /** Whether something waits for the top level. For what drives the loop. */
    public boolean hasReady() {
        return !ready.isEmpty();
    }

    /**
     * Runs what waited for the top level when this was called. For what drives the loop: on its own thread, with nothing below but the turn.
     *
     * @param failed gets what the commands throw
     */
    public void runReady(Consumer<? super Throwable> failed) {
        for (int count = ready.size(); count > 0; count--) {
            Runnable next = ready.removeFirst();
            atTop = true;
            try {
                next.run();
            } catch (Throwable e) {
                failed.accept(e);
            } finally {
                atTop = false;
            }
        }
    }

    /**
     * Notes that this virtual thread runs on the loop until {@link #unmounted()}. By a command of {@link #atTop} only.
     *
     * <p>With {@code -Dsluice.checked-mounts=true}, which the tests set, the monitors of the loop's thread are looked at too.
     *
     * @throws IllegalStateException if one is mounted already, or when called in another place or while a monitor is held
     */
    public void mounted(Thread virtualThread) {
        if (Thread.currentThread() != thread || !atTop || MOUNTED.getOpaque(this) != null) {
            throw new IllegalStateException("mounting " + virtualThread + " on loop " + index() + " from "
                    + Thread.currentThread().getName() + " while " + MOUNTED.getOpaque(this)
                    + " is mounted (expected: the loop's thread, in a command of atTop, and nothing mounted)");
        }
        if (CHECKED) {
            HeldMonitors.expectNone(virtualThread);
        }
        MOUNTED.setOpaque(this, Objects.requireNonNull(virtualThread, "virtualThread"));
        counters.mountCounted();
    }

    /** Notes that nothing is mounted any more. On the loop's own thread only. */
    public void unmounted() {
        MOUNTED.setOpaque(this, null);
    }

    /** Says that one request holds the loop for long (true), or that it is back (false): new connections go elsewhere meanwhile. */
    public void held(boolean value) {
        held = value;
        if (value) {
            whenHeld.forEach(Runnable::run);
        }
    }

    /** Calls the action each time that the loop begins to be held, on the thread that says so: it must not wait for the loop. */
    public void whenHeld(Runnable action) {
        whenHeld.add(action);
    }

    /** Forgets an action. */
    public void forget(Runnable action) {
        whenHeld.remove(action);
    }

    /** Whether one request holds the loop for long. */
    public boolean isHeld() {
        return held;
    }

    /**
     * Runs the command on the loop's thread, after what is queued there; never in place.
     *
     * @throws RejectedExecutionException after the transport was closed
     */
    @Override
    public void execute(Runnable command) {
        thread.execute(command);
    }

    /**
     * Runs the command on the loop's thread after a delay; {@code remove()} of the answer cancels.
     *
     * @throws RejectedExecutionException after the transport was closed
     */
    public XnioExecutor.Key executeAfter(Runnable command, long delay, TimeUnit unit) {
        return thread.executeAfter(command, delay, unit);
    }

    /** What happened on the loop. */
    public LoopCounters counters() {
        return counters;
    }

    @Override
    public String toString() {
        return "Loop[" + thread.getName() + "]";
    }
}
