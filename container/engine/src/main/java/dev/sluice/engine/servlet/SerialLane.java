package dev.sluice.engine.servlet;

import dev.sluice.engine.stream.CallbackLane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs what the container runs for one request one after the other: dispatches, listeners' callbacks, the timeout. Who submits a job while another
 * one runs leaves it to that one's thread; otherwise a thread of the request's lane is taken.
 */
final class SerialLane implements CallbackLane {
    private final Executor executor;
    private final BooleanSupplier nonBlockingAllowed;
    private @Nullable Deque<Runnable> jobs;
    private boolean busy;
    private @Nullable Thread runner;
    private boolean closed;

    SerialLane(Executor executor, BooleanSupplier nonBlockingAllowed) {
        this.executor = executor;
        this.nonBlockingAllowed = nonBlockingAllowed;
    }

    @Override
    public boolean nonBlockingAllowed() {
        return nonBlockingAllowed.getAsBoolean();
    }

    /** This thread runs a job of the request from now on; {@link #leave} ends that. */
    synchronized void enter() {
        busy = true;
        runner = Thread.currentThread();
    }

    /** Whether this thread runs a job of the request. */
    synchronized boolean inside() {
        return busy && runner == Thread.currentThread();
    }

    /**
     * Runs the jobs that have come meanwhile on this thread, until there is none.
     *
     * @param beforeIdle called, under the lock, when there is none: nothing can slip in between
     */
    void leave(Runnable beforeIdle) {
        while (true) {
            Runnable next;
            synchronized (this) {
                next = closed || jobs == null ? null : jobs.poll();
                if (next == null) {
                    busy = false;
                    runner = null;
                    beforeIdle.run();
                    return;
                }
            }
            next.run();
        }
    }

    @Override
    public void run(Runnable job) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (jobs == null) {
                jobs = new ArrayDeque<>(4);
            }
            jobs.add(job);
            if (busy) {
                return;
            }
            busy = true;
        }
        executor.execute(() -> {
            enter();
            leave(() -> {});
        });
    }

    /** The request is over: jobs that have not run are dropped. */
    synchronized void close() {
        closed = true;
        jobs = null;
    }
}
