package dev.sluice.engine.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/**
 * One I/O thread as the engine sees it: an executor, a timer, and a place where virtual threads can be mounted.
 *
 * <p>Virtual threads are mounted at the top level of the loop's turn only ({@link Carrier#atTop}), never inside the event handler that
 * started or woke them: an event handler may hold monitors, and the JDK would take them away with the virtual thread when that unmounts.
 *
 * <p>While a virtual thread is mounted, the loop's own thread is below it; so what the mounted thread and the loop's thread share here
 * ({@code ready}, {@code soon}) is touched by one of them at a time. A virtual thread that holds the loop for long loses it: then another
 * thread drives the loop until the first is free again. So what the mounted thread does to the loop is done between {@link #enter} and
 * {@link #leave}; "the loop's own thread" is the one that drives it now.
 */
public final class EventLoop implements Executor {
    private static final Map<Thread, WeakReference<EventLoop>> BY_THREAD =
            Collections.synchronizedMap(new WeakHashMap<>());
    private static final int MOUNTS_IN_A_ROW = 1024;
    private static final Failures TASK = new Failures("a task of a loop failed");
    private static final Failures MOUNT = new Failures("a virtual thread could not be run");
    private static final VarHandle MOUNTED;

    static {
        try {
            MOUNTED = MethodHandles.lookup().findVarHandle(EventLoop.class, "mounted", Mountable.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final XnioIoThread thread;
    private final Carrier carrier;
    private final ArrayDeque<Mountable> ready = new ArrayDeque<>();
    private final ArrayDeque<Runnable> soon = new ArrayDeque<>();
    private final Runnable mounting = this::mountReady;
    private boolean asked; // mounting is to be run
    private final List<Left> left = new CopyOnWriteArrayList<>(); // written by who drives the loop
    private final DisconnectWatch disconnects = new DisconnectWatch(this);

    @SuppressWarnings("unused") // through MOUNTED; written by the loop's thread only
    private volatile @Nullable Mountable mounted;

    // Written by the loop's thread only.
    private volatile long turns;

    private volatile @Nullable Labelled inline;

    EventLoop(XnioIoThread thread, Carrier carrier) {
        this.thread = thread;
        this.carrier = carrier;
        BY_THREAD.put(thread, new WeakReference<>(this));
        carrier.whenTaken(this::taken);
    }

    DisconnectWatch disconnects() {
        return disconnects;
    }

    /** The position of the loop in its transport. */
    public int index() {
        return thread.getNumber();
    }

    /** The name of its thread. */
    public String name() {
        return thread.getName();
    }

    /** The loop's own thread, to be looked at. */
    public Thread thread() {
        return thread;
    }

    /** What the transport wants to know. */
    public Carrier carrier() {
        return carrier;
    }

    /** The thread that drives the loop now: its own, or one that stands in. */
    public Thread acting() {
        Thread standIn = carrier.acting();
        return standIn == null ? thread : standIn;
    }

    /** True on the thread that drives the loop, whose stack nothing may block. */
    public boolean onOwnThread() {
        return Thread.currentThread() == acting();
    }

    /** Whether the current thread is on the loop; if so, it stays there until {@link #leave}, and must not wait before. */
    boolean enter() {
        return isCurrent() && carrier.enter();
    }

    /** Ends what {@link #enter} began. */
    void leave() {
        carrier.leave();
    }

    /** On a thread that has taken the loop over: what was mounted is not on the loop any more, what was to follow it is done now. */
    private void taken() {
        BY_THREAD.put(Thread.currentThread(), new WeakReference<>(this));
        Mountable held = mounted;
        MOUNTED.setOpaque(this, (Mountable) null);
        if (held != null) {
            left.add(new Left(this, held, System.nanoTime()));
            held.leftBehind();
        }
        for (Runnable command; (command = soon.pollFirst()) != null; ) {
            runGuarded(command);
        }
        asked = false;
        if (!ready.isEmpty()) {
            ask();
        }
    }

    /** True on the loop's own thread and on the virtual thread that is mounted on it. */
    public boolean isCurrent() {
        Thread current = Thread.currentThread();
        return current == acting() || current == mounted();
    }

    /** The virtual thread that is mounted now, as far as this thread can see; or null. */
    public @Nullable Thread mounted() {
        Mountable now = (Mountable) MOUNTED.getOpaque(this);
        return now == null ? null : now.thread();
    }

    /** A virtual thread that holds a thread of the loop without holding the loop, which another thread has taken over. */
    public record Left(EventLoop loop, Mountable by, long sinceNanos) {}

    /** What holds threads that drove the loop; any thread. */
    public List<Left> left() {
        return List.copyOf(left);
    }

    /** The thread whose work holds the loop now: a mounted one, the loop's own during {@link #runInline}, or null. */
    public @Nullable Thread holder() {
        Thread virtual = mounted();
        return virtual != null ? virtual : inline != null ? acting() : null;
    }

    /** Runs application code on the loop's own thread, visible to {@link #holder}. */
    public void runInline(Labelled code) {
        countTurn();
        inline = code;
        try {
            code.run();
        } finally {
            inline = null;
        }
    }

    /** What the current thread works on if it is a loop's own, whose name does not tell; otherwise null. Not for hot paths. */
    public static @Nullable String inlineLabel() {
        WeakReference<EventLoop> known = BY_THREAD.get(Thread.currentThread());
        EventLoop loop = known == null ? null : known.get();
        Labelled code = loop == null || !loop.onOwnThread() ? null : loop.inline;
        return code == null ? null : code.label();
    }

    /** How often something was mounted; when it stays the same while {@link #holder} is set, one request holds the loop. */
    public long turns() {
        return turns;
    }

    /** Runs the command on the loop's own thread after what is queued there. */
    @Override
    public void execute(Runnable command) {
        thread.execute(command);
    }

    /**
     * Runs the command on the thread that drives the loop as early as possible: at once if that is the current thread, behind the mounted virtual
     * thread if that asks, otherwise queued.
     */
    public void soon(Runnable command) {
        if (onOwnThread()) {
            command.run();
        } else if (enter()) {
            try {
                soon.addLast(command);
            } finally {
                leave();
            }
        } else {
            thread.execute(command);
        }
    }

    /**
     * Has a continuation of a virtual thread run in this turn of the loop, at its top level, if the current thread is on the loop. A thread
     * that yields is to be queued behind the sockets.
     *
     * @return false if nothing was done: queue it with {@link #execute}, and try again there
     */
    public boolean mount(Mountable next) {
        if (mounted() == next.thread() || !enter()) {
            return false;
        }
        try {
            ready.addLast(next);
            ask();
        } finally {
            leave();
        }
        return true;
    }

    /** A continuation of a virtual thread that waits for its loop. */
    public interface Mountable {
        /** The virtual thread. */
        Thread thread();

        /** Whether it is still to be run by the loop; from then on nobody else runs it. */
        boolean take();

        /** Runs the continuation. */
        void proceed();

        /** The loop has gone on without the continuation, which still runs; called while it does. */
        void leftBehind();
    }

    private void ask() {
        if (!asked) {
            asked = true;
            carrier.atTop(this, mounting);
        }
    }

    /** At the top level. What is waiting after that many mounts comes after the sockets. */
    private void mountReady() {
        asked = false;
        try {
            Mountable next;
            for (int left = MOUNTS_IN_A_ROW; left > 0 && (next = ready.pollFirst()) != null; left--) {
                if (next.take()) {
                    mountNow(next);
                }
            }
        } finally {
            if (!ready.isEmpty()) {
                ask();
            }
        }
    }

    private void mountNow(Mountable next) {
        countTurn();
        MOUNTED.setOpaque(this, next);
        try {
            carrier.mounted(next.thread());
        } catch (RuntimeException | Error e) {
            MOUNTED.setOpaque(this, (Mountable) null);
            throw e;
        }
        try {
            next.proceed();
        } catch (Throwable e) {
            MOUNT.log(e);
        } finally {
            carrier.unmounted(); // It returns when this thread has the loop, with nothing mounted.
            MOUNTED.setOpaque(this, (Mountable) null);
        }
        if (!left.isEmpty()) {
            left.removeIf(one -> one.by() == next);
        }
        for (Runnable command; (command = soon.pollFirst()) != null; ) {
            runGuarded(command);
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    private void countTurn() {
        turns++;
    }

    private void runGuarded(Runnable command) {
        try {
            command.run();
        } catch (Throwable e) {
            TASK.log(e);
        }
    }

    /**
     * Runs the command on the loop after a delay.
     *
     * @throws RejectedExecutionException after the transport was closed
     */
    public Timer schedule(Duration delay, Runnable command) {
        XnioExecutor.Key key = thread.executeAfter(command, delay.toNanos(), TimeUnit.NANOSECONDS);
        return new Timer(key);
    }

    /** A command that will run later. */
    public static final class Timer {
        private final XnioExecutor.Key key;

        Timer(XnioExecutor.Key key) {
            this.key = key;
        }

        /** Takes the command back; true if it will not run. From any thread. */
        public boolean cancel() {
            return key.remove();
        }
    }

    @Override
    public String toString() {
        return "loop " + name();
    }
}
