package dev.sluice.transport.loop;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/**
 * The delayed commands of one loop. Guarded by itself, so that any thread adds and cancels; cancelled ones stay until they are due or
 * until they are the majority.
 */
final class Timers {
    private final PriorityQueue<Timer> queue = new PriorityQueue<>();
    private long sequence;
    private int cancelled;

    /** Adds a command; true if it is now the next one due. */
    synchronized boolean add(Timer timer) {
        timer.sequence = sequence++;
        queue.add(timer);
        return queue.peek() == timer;
    }

    /** The next command that is due at that time, or null. */
    synchronized @Nullable Runnable pollDue(long now) {
        for (Timer first = queue.peek();
                first != null && (first.command == null || first.deadline - now <= 0);
                first = queue.peek()) {
            queue.poll();
            Runnable command = first.command;
            if (command != null) {
                first.command = null;
                return command;
            }
            cancelled--;
        }
        return null;
    }

    /** Nanoseconds until the next command is due, at least 0, or -1 if there is none. */
    synchronized long delay(long now) {
        Timer first = queue.peek();
        return first == null ? -1 : Math.max(0, first.deadline - now);
    }

    private synchronized boolean cancel(Timer timer) {
        if (timer.command == null) {
            return false;
        }
        timer.command = null;
        if (++cancelled > 64 && cancelled > queue.size() / 2) {
            queue.removeIf(other -> other.command == null);
            cancelled = 0;
        }
        return true;
    }

    synchronized int size() {
        return queue.size() - cancelled;
    }

    Timer timer(Runnable command, long deadline) {
        return new Timer(this, command, deadline);
    }

    static final class Timer implements XnioExecutor.Key, Comparable<Timer> {
        private final Timers timers;
        private final long deadline;
        private long sequence;
        private @Nullable Runnable command; // null once it ran or was cancelled; guarded by timers

        private Timer(Timers timers, Runnable command, long deadline) {
            this.timers = timers;
            this.command = command;
            this.deadline = deadline;
        }

        @Override
        public boolean remove() {
            return timers.cancel(this);
        }

        @Override
        public int compareTo(Timer other) {
            int order = Long.signum(deadline - other.deadline);
            return order != 0 ? order : Long.compare(sequence, other.sequence);
        }
    }
}
