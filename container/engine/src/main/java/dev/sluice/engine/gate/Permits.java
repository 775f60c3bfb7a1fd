package dev.sluice.engine.gate;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A number of permits and a bounded first-come queue for them. Taking and giving back while nobody waits is one atomic operation.
 * Whoever waits is told by the thread that gives a permit back.
 */
final class Permits {
    private final int limit;
    private final int queueLimit;
    private final AtomicInteger free;
    private final ArrayDeque<Waiter> queue = new ArrayDeque<>();
    private volatile int waiting;

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
        return waiting == 0 && take();
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
        synchronized (queue) {
            if (queue.size() >= queueLimit) {
                return false;
            }
            queue.addLast(waiter);
            waiting = queue.size();
        }
        serve();
        return true;
    }

    /** Stops waiting; false if the permit was granted or the waiter is not known. */
    boolean withdraw(Waiter waiter) {
        synchronized (queue) {
            boolean found = queue.remove(waiter);
            waiting = queue.size();
            return found;
        }
    }

    /** Gives a permit back. */
    void release() {
        if (free.incrementAndGet() > limit) {
            throw new IllegalStateException("permits: more given back than taken (limit " + limit + ")");
        }
        if (waiting > 0) {
            serve();
        }
    }

    private void serve() {
        for (Waiter next; (next = next()) != null; ) {
            next.granted();
        }
    }

    private @org.jspecify.annotations.Nullable Waiter next() {
        synchronized (queue) {
            if (queue.isEmpty() || !take()) {
                return null;
            }
            Waiter next = queue.pollFirst();
            waiting = queue.size();
            return next;
        }
    }

    int limit() {
        return limit;
    }

    int taken() {
        return limit - free.get();
    }

    int waiting() {
        return waiting;
    }
}
