package dev.sluice.engine.gate;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A number of permits and a bounded first-come queue for them, without locks: loops and the virtual threads that they carry meet here, and
 * neither may wait for the other. Taking and giving back while nobody waits is one atomic operation. Whoever waits is told by the
 * thread that gives a permit back.
 */
final class Permits {
    private final int limit;
    private final int queueLimit;
    private final AtomicInteger free;
    private final Queue<Waiter> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger(); // counted before they are in the queue

    /** Who waits for a permit. */
    interface Waiter {
        /** The permit is yours; must not block. */
        void granted();
    }

    Permits(int limit, int queueLimit) {
        this.limit = limit;
        this.queueLimit = queueLimit;
        this.free = new AtomicInteger(limit);
    }

    /** Takes a permit if there is one and nobody waits. */
    boolean tryAcquire() {
        return waiting.get() == 0 && take();
    }

    private boolean take() {
        for (int now = free.get(); now > 0; now = free.get()) {
            if (free.compareAndSet(now, now - 1)) {
                return true;
            }
        }
        return false;
    }

    /** Waits; false if the queue is full. The answer may come before this returns. */
    boolean await(Waiter waiter) {
        for (int now = waiting.get(); ; now = waiting.get()) {
            if (now >= queueLimit) {
                return false;
            }
            if (waiting.compareAndSet(now, now + 1)) {
                break;
            }
        }
        try {
            queue.add(waiter);
        } catch (RuntimeException | Error e) { // There is no memory to wait in.
            waiting.decrementAndGet();
            throw e;
        }
        serve();
        return true;
    }

    /** Stops waiting; false if the permit was granted or the waiter is not known. */
    boolean withdraw(Waiter waiter) {
        boolean found = queue.remove(waiter);
        if (found) {
            waiting.decrementAndGet();
        }
        return found;
    }

    /** Gives a permit back. */
    void release() {
        if (free.incrementAndGet() > limit) {
            throw new IllegalStateException("permits: more given back than taken (limit " + limit + ")");
        }
        if (waiting.get() > 0) {
            serve();
        }
    }

    /** Whoever comes to wait while this has a permit too much in its hand finds none, so it looks again after putting that back. */
    private void serve() {
        while (!queue.isEmpty() && take()) {
            Waiter next = queue.poll();
            if (next == null) {
                free.incrementAndGet();
            } else {
                waiting.decrementAndGet();
                next.granted();
            }
        }
    }

    int limit() {
        return limit;
    }

    int taken() {
        return limit - free.get();
    }

    int waiting() {
        return waiting.get();
    }
}
