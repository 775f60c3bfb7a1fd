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
import java.util.concurrent.locks.LockSupport;
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
 *
 * <p>Who drives the loop may change: when what is mounted holds its thread, another thread takes the loop over, and hands it back between
 * two turns once the first is free again. Therefore a mounted thread that touches what belongs to the loop says so:
 *
 * <pre>{@code
 * if (loop.enter()) { try { ... } finally { loop.leave(); } } else { ... as on any other thread ... }
 *
 * free --mounted--> application --enter--> inside --leave--> application --unmounted--> free
 *                   application --takeOver--> taken: the mounted thread is not on the loop any more
 *                                             taken --the loop is given back--> free
 * }</pre>
 *
 * <p>That is the state of a thread that drives, drove or will drive the loop, not of the loop: exactly one of them is not taken.
 */
public final class Loop implements Executor {
    private static final VarHandle MOUNTED;
    private static final VarHandle STATE;
    private static final VarHandle SERIAL;
    private static final int FREE = 0;
    private static final int APPLICATION = 1;
    private static final int INSIDE = 2;
    private static final int TAKEN = 3;
    private static final boolean CHECKED = Boolean.getBoolean("sluice.checked-mounts");

    static {
        try {
            MOUNTED = MethodHandles.lookup().findVarHandle(Seat.class, "mounted", Thread.class);
            STATE = MethodHandles.lookup().findVarHandle(Seat.class, "state", int.class);
            SERIAL = MethodHandles.lookup().findVarHandle(Loop.class, "serial", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final XnioIoThread thread;
    private final LoopCounters counters = new LoopCounters(this);
    private final Seat home;
    private volatile Seat seat;

    @SuppressWarnings("unused") // through SERIAL; written by whoever drives the loop
    private long serial;

    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private final ArrayDeque<Seat> returned = new ArrayDeque<>(); // guarded by itself
    private volatile int waiting; // size of returned
    private boolean halfTurn; // a thread began to stand in, and has not begun a turn yet
    private volatile boolean ended;
    private volatile Runnable taken = () -> {};
    private volatile Runnable wanted = () -> {};
    private volatile @Nullable StandIns standIns;
    private volatile @Nullable Thread sleeper;
    private final List<Runnable> whenHeld = new CopyOnWriteArrayList<>();
    private volatile boolean held;

    /** A thread that drives the loop, has driven it or will again, and what is mounted on it. */
    static final class Seat {
        final Thread thread;

        @SuppressWarnings("unused") // through MOUNTED; written by the thread, and by who takes the loop over
        private @Nullable Thread mounted;

        @SuppressWarnings("unused") // through STATE
        private int state;

        private int depth; // of enter() calls of the mounted thread
        private boolean atTop; // the thread runs what is ready, and nothing else is below

        Seat(Thread thread) {
            this.thread = thread;
        }
    }

    /** Made by a transport, once for each of its I/O threads. */
    public Loop(XnioIoThread thread) {
        this.thread = Objects.requireNonNull(thread, "thread");
        this.home = new Seat(thread);
        this.seat = home;
    }

    /** The position in {@link Transport#loops()}. */
    public int index() {
        return thread.getNumber();
    }

    /** The name of its thread. */
    public String name() {
        return thread.getName();
    }

    /** The thread that the loop belongs to, and that drives it unless another one stands in. */
    public XnioIoThread thread() {
        return thread;
    }

    /** The thread that drives the loop now. */
    public Thread acting() {
        return seat.thread;
    }

    /** True on the thread that drives the loop now. */
    public boolean isActing() {
        return Thread.currentThread() == seat.thread;
    }

    /**
     * True on the thread that drives the loop and on the virtual thread that is mounted on it now. The latter may lose the loop at any
     * moment: who touches what belongs to the loop asks {@link #enter}.
     */
    public boolean isCurrent() {
        Thread current = Thread.currentThread();
        Seat now = seat;
        return current == now.thread || MOUNTED.getOpaque(now) == current;
    }

    /**
     * True if the current thread is on the loop, which it keeps until {@link #leave}; it must not wait in between. May be nested.
     */
    public boolean enter() {
        Thread current = Thread.currentThread();
        Seat now = seat;
        if (current != now.thread && MOUNTED.getOpaque(now) != current) {
            return false;
        }
        int state = (int) STATE.getOpaque(now);
        if (state == FREE) {
            return current == now.thread;
        }
        // The driving thread itself comes here where the JDK works for a continuation that begins or ends to wait.
        if (state == INSIDE) {
            now.depth++;
            return true;
        }
        return STATE.compareAndSet(now, APPLICATION, INSIDE);
    }

    /** Ends what {@link #enter} began. Does nothing after a wait in between: the loop has gone on without the thread that waited. */
    public void leave() {
        Seat now = seat;
        if ((int) STATE.getOpaque(now) != INSIDE) {
            return;
        }
        Thread current = Thread.currentThread();
        if (current != now.thread && MOUNTED.getOpaque(now) != current) {
            return;
        }
        if (now.depth > 0) {
            now.depth--;
        } else {
            STATE.setRelease(now, APPLICATION);
        }
    }

    /** True while a virtual thread is mounted; asked by the thread that drives the loop. */
    public boolean isMounted() {
        return MOUNTED.getOpaque(seat) != null;
    }

    /**
     * Has the command run at the top level of this turn, as soon as the event handler or task that is running has returned, and before
     * the turn ends: the only place where virtual threads are mounted. On the loop only ({@link #enter}).
     */
    public void atTop(Runnable command) {
        ready.addLast(command);
    }

    /** Whether something waits for the top level. For what drives the loop. */
    public boolean hasReady() {
        return !ready.isEmpty();
    }

    /**
     * Runs what waited for the top level when this was called. For what drives the loop: with nothing below but the turn.
     *
     * @param failed gets what the commands throw
     */
    public void runReady(Consumer<? super Throwable> failed) {
        for (int count = ready.size(); count > 0; count--) {
            Runnable next = ready.pollFirst();
            if (next == null) {
                return; // Another thread has stood in meanwhile.
            }
            Seat own = seat;
            own.atTop = true;
            try {
                next.run();
            } catch (LoopEndedException e) {
                throw e;
            } catch (Throwable e) {
                failed.accept(e);
            } finally {
                own.atTop = false;
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
        Seat own = seat;
        if (Thread.currentThread() != own.thread || !own.atTop || MOUNTED.getOpaque(own) != null) {
            throw new IllegalStateException("mounting " + virtualThread + " on loop " + index() + " from "
                    + Thread.currentThread().getName() + " while " + MOUNTED.getOpaque(own)
                    + " is mounted (expected: the loop's thread, in a command of atTop, and nothing mounted)");
        }
        if (CHECKED) {
            HeldMonitors.expectNone(virtualThread);
        }
        own.depth = 0;
        MOUNTED.setOpaque(own, Objects.requireNonNull(virtualThread, "virtualThread"));
        SERIAL.setOpaque(this, serial + 1);
        STATE.setRelease(own, APPLICATION);
        Thread watcher = sleeper;
        if (watcher != null) {
            LockSupport.unpark(watcher);
        }
        counters.mountCounted();
    }

    /**
     * Notes that nothing is mounted any more. On the thread that called {@link #mounted}; if another one has taken the loop over meanwhile,
     * returns when that has handed it back.
     *
     * @throws LoopEndedException if the loop has ended meanwhile
     */
    public void unmounted() {
        Thread current = Thread.currentThread();
        Seat own = current == thread ? home : ((StandInThread) current).seat();
        if (!endMount(own)) {
            awaitRole(own);
        }
    }

    private static boolean endMount(Seat own) {
        int now = (int) STATE.getOpaque(own);
        if (now == TAKEN || now == APPLICATION && !STATE.compareAndSet(own, APPLICATION, FREE)) {
            return false;
        }
        if (now == INSIDE) { // The virtual thread waits.
            STATE.setRelease(own, FREE);
        }
        MOUNTED.setOpaque(own, (Thread) null);
        return true;
    }

    // ---- standing in

    /** Runs the action each time that a thread begins to stand in, on that thread, before its first turn. */
    public void whenTaken(Runnable action) {
        taken = action;
    }

    /** Who looks whether the loop is held; set before the loop starts. */
    void watchedBy(StandIns watcher) {
        standIns = watcher;
    }

    /** The watcher sleeps, and is to be woken by the next mount; or null. */
    void asleep(@Nullable Thread watcher) {
        sleeper = watcher;
    }

    /** How often a thread has stood in for one of the loops of the same transport. */
    public long standIns() {
        StandIns watcher = standIns;
        return watcher == null ? 0 : watcher.count();
    }

    /** What wakes the thread that drives the loop, for one that wants it back. */
    public void whenWanted(Runnable wake) {
        wanted = wake;
    }

    /** How often something was mounted; when it stays the same while {@link #isHolding}, one mount holds the loop. Any thread. */
    long mountSerial() {
        return (long) SERIAL.getOpaque(this);
    }

    /** Whether application code runs on the loop and nothing of the loop's own. Any thread. */
    boolean isHolding() {
        return (int) STATE.getOpaque(seat) == APPLICATION;
    }

    /**
     * Takes the loop from the thread that drives it, if that is in application code, and gives it to one that wants it back, or else to the
     * other one, which then calls {@link #standIn}. Not on the loop; by one thread at a time.
     *
     * @return whether the other one has the loop now
     */
    boolean takeOver(Seat other) {
        Seat now = seat;
        if (!STATE.compareAndSet(now, APPLICATION, TAKEN)) {
            return false;
        }
        MOUNTED.setOpaque(now, (Thread) null);
        Seat back = nextReturned();
        give(back == null ? other : back);
        return back == null;
    }

    /** What a thread that stands in does first. */
    void standIn() {
        halfTurn = true;
        taken.run();
    }

    /**
     * Whether the turn before this one was left in the middle, so that something may wait for its end and this one must not wait for
     * events; asked once for each turn, by who drives the loop.
     */
    public boolean hasHalfTurn() {
        boolean half = halfTurn;
        halfTurn = false;
        return half;
    }

    /** Whether a thread that had the loop wants it back. */
    public boolean isWanted() {
        return waiting > 0;
    }

    /** Between two turns: gives the loop to a thread that wants it back. False if none does. */
    boolean handBack() {
        Seat back = nextReturned();
        if (back == null) {
            return false;
        }
        give(back);
        return true;
    }

    /** Gives the loop to its own thread, which may not want it yet. */
    void giveHome() {
        give(home);
    }

    private @Nullable Seat nextReturned() {
        synchronized (returned) {
            Seat next = returned.poll();
            waiting = returned.size();
            return next;
        }
    }

    private void give(Seat next) {
        seat = next;
        STATE.setRelease(next, FREE);
        LockSupport.unpark(next.thread);
    }

    /** Waits for the loop, on a thread that had it. */
    private void awaitRole(Seat mine) {
        synchronized (returned) {
            returned.add(mine);
            waiting = returned.size();
        }
        wanted.run();
        while ((int) STATE.getAcquire(mine) == TAKEN) {
            if (ended) {
                throw new LoopEndedException(this);
            }
            LockSupport.park(this);
        }
        synchronized (returned) {
            returned.remove(mine); // It was given the loop without asking.
            waiting = returned.size();
        }
    }

    /** Between two turns, on the loop's own thread: lets others who had the loop come to their ends first. */
    public void letOthersEnd() {
        for (Seat next; (next = nextReturned()) != null; ) {
            STATE.setRelease(home, TAKEN);
            give(next);
            awaitRole(home);
        }
    }

    /** The loop is finished: nobody drives it any more, and who waits for it goes. On the loop's own thread. */
    public void end() {
        ended = true;
        synchronized (returned) {
            returned.forEach(seat -> LockSupport.unpark(seat.thread));
        }
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
