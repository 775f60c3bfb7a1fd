package dev.sluice.engine.http;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Parks the calling thread until a listener on the loop wakes it. A virtual thread unmounts meanwhile, so the loop goes on; the loop's
 * own thread is refused, because nobody could wake it.
 */
final class Parking implements Runnable {
    private final Thread waiter = Thread.currentThread();
    private volatile boolean woken;

    /** Wakes the waiter; from any thread, any number of times. */
    @Override
    public void run() {
        woken = true;
        LockSupport.unpark(waiter);
    }

    /**
     * Returns when woken.
     *
     * @param nanos longest time; 0 waits without end
     * @throws SocketTimeoutException when the time has passed
     */
    void await(long nanos, String what) throws SocketTimeoutException, InterruptedIOException {
        long end = System.nanoTime() + nanos;
        while (!woken) {
            if (nanos == 0) {
                LockSupport.park(this);
            } else {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new SocketTimeoutException(
                            "waiting to " + what + ": nothing happened for " + nanos / 1_000_000 + " ms");
                }
                LockSupport.parkNanos(this, left);
            }
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("waiting to " + what + ": interrupted");
            }
        }
    }
}
