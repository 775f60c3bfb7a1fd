package dev.sluice.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/**
 * Drives a loop in the place of a thread that is held, until one that had the loop wants it back; then waits for the next. It lives as long
 * as the transport: the kernel would cancel the operations that it has submitted to a ring. Like every thread that drives a loop it is an
 * I/O thread, on which nothing may wait.
 */
final class StandInThread extends XnioIoThread {
    private static final System.Logger LOG = System.getLogger(StandInThread.class.getName());

    private final Loop.Seat seat = new Loop.Seat(this);
    private final Consumer<StandInThread> idle;
    private volatile @Nullable Job job;
    private volatile boolean closed;

    /** A loop, and its next turn, which tells whether it was the last. */
    record Job(Loop loop, BooleanSupplier turn) {}

    StandInThread(XnioWorker worker, String name, Consumer<StandInThread> idle) {
        super(worker, -1, name);
        this.idle = idle;
        setDaemon(true);
        setContextClassLoader(StandInThread.class.getClassLoader());
    }

    Loop.Seat seat() {
        return seat;
    }

    /** It has the loop now. */
    void begin(Job next) {
        job = next;
        LockSupport.unpark(this);
    }

    /** Ends once it has nothing to do. */
    void close() {
        closed = true;
        LockSupport.unpark(this);
    }

    @Override
    public void run() {
        while (true) {
            Job now = job;
            if (now != null) {
                drive(now);
                job = null;
                idle.accept(this);
            } else if (closed) {
                return;
            } else {
                LockSupport.park(this);
            }
        }
    }

    private static void drive(Job job) {
        Loop loop = job.loop();
        try {
            loop.standIn();
            while (!loop.handBack()) {
                if (job.turn().getAsBoolean()) {
                    loop.giveHome();
                    return;
                }
            }
        } catch (Throwable e) { // Turns survive what can be survived.
            LOG.log(System.Logger.Level.ERROR, "standing in for the thread of " + loop + " failed", e);
            loop.giveHome();
        }
    }

    // As a part of the loop that it drives:

    /** The index of the loop that it drives, or -1. */
    @Override
    public int getNumber() {
        Job now = job;
        return now == null ? -1 : now.loop().index();
    }

    private Loop loop() {
        Job now = job;
        if (now == null) {
            throw new IllegalStateException(getName() + " drives no loop");
        }
        return now.loop();
    }

    @Override
    public void execute(Runnable command) {
        loop().execute(command);
    }

    @Override
    public Key executeAfter(Runnable command, long time, TimeUnit unit) {
        return loop().executeAfter(command, time, unit);
    }

    @Override
    public Key executeAtInterval(Runnable command, long time, TimeUnit unit) {
        return loop().thread().executeAtInterval(command, time, unit);
    }
}
