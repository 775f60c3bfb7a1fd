package dev.sluice.transport.loop;

import dev.sluice.transport.Loop;
import java.io.InterruptedIOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.xnio.Xnio;

/** Threads that wait for one side of a connection. Waiting parks, so a virtual thread gives its carrier free. */
public final class Waiters {
    private final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
    private volatile int signals;

    /** Nobody waits. */
    public Waiters() {}

    /** Whether somebody waits. */
    public boolean isEmpty() {
        return threads.isEmpty();
    }

    /** Lets everybody who waits now go on. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // any change will do
    public void signalAll() {
        if (!threads.isEmpty()) {
            signals++;
            for (Thread thread : threads) {
                LockSupport.unpark(thread);
            }
        }
    }

    /**
     * Waits for the next signal.
     *
     * @param nanos how long at most; 0 means without limit
     * @param arm asks for the event, called once the thread is known here; true if there is nothing to wait for
     * @throws IllegalStateException on the loop's own thread, which would wait for itself
     */
    public void await(Loop loop, long nanos, java.util.function.BooleanSupplier arm) throws InterruptedIOException {
        Xnio.checkBlockingAllowed();
        Thread current = Thread.currentThread();
        if (loop.isActing()) {
            throw new IllegalStateException("waiting on " + loop + " for an event that only this loop can bring");
        }
        int before = signals;
        long deadline = System.nanoTime() + nanos;
        threads.add(current);
        try {
            boolean done = arm.getAsBoolean();
            while (!done && signals == before) {
                long left = deadline - System.nanoTime();
                if (nanos > 0 && left <= 0) {
                    return;
                }
                if (nanos > 0) {
                    LockSupport.parkNanos(this, left);
                } else {
                    LockSupport.park(this);
                }
                if (Thread.interrupted()) {
                    current.interrupt();
                    throw new InterruptedIOException("interrupted while waiting for a socket");
                }
            }
        } finally {
            threads.remove(current);
        }
    }
}
