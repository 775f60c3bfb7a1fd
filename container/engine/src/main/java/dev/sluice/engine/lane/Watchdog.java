package dev.sluice.engine.lane;

import dev.sluice.engine.http.EventLoop;
import dev.sluice.engine.http.EventLoops;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Notices a loop that one request holds beyond the bound, because it spins or is pinned: logs its stack once and tells the carrier, so
 * that new connections stay away until the loop is back. One thread calls {@link #look} now and then.
 */
public final class Watchdog implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Watchdog.class.getName());

    private final EventLoops loops;
    private final long bound;
    private final LongSupplier nanoTime;
    private final Map<EventLoop, Sight> sights = new HashMap<>();
    private final AtomicLong holds = new AtomicLong();
    private volatile boolean closed;

    /** What was seen of a loop the last time. */
    private record Sight(long turn, long since, boolean reported) {}

    /** A watchdog that does not look by itself. */
    public Watchdog(EventLoops loops, Duration bound, LongSupplier nanoTime) {
        this.loops = loops;
        this.bound = bound.toNanos();
        this.nanoTime = nanoTime;
    }

    /** A watchdog with a thread of its own that looks four times per bound. */
    public static Watchdog start(EventLoops loops, Duration bound) {
        Watchdog watchdog = new Watchdog(loops, bound, System::nanoTime);
        Thread thread = new Thread(watchdog::watch, "sluice-watchdog");
        thread.setDaemon(true);
        thread.start();
        return watchdog;
    }

    private void watch() {
        while (!closed) {
            java.util.concurrent.locks.LockSupport.parkNanos(this, bound / 4);
            look();
        }
    }

    /** Compares each loop with the last time. */
    public synchronized void look() {
        long now = nanoTime.getAsLong();
        for (EventLoop loop : loops.all()) {
            Thread holder = loop.holder();
            long turn = loop.turns();
            Sight before = sights.get(loop);
            if (before == null || before.turn() != turn || holder == null) {
                if (before != null && before.reported()) {
                    loop.carrier().held(false);
                    LOG.log(System.Logger.Level.INFO, loop + " is back");
                }
                sights.put(loop, new Sight(turn, now, false));
            } else if (!before.reported() && now - before.since() > bound) {
                sights.put(loop, new Sight(turn, before.since(), true));
                report(loop, holder, now - before.since());
            }
        }
    }

    private void report(EventLoop loop, Thread holder, long nanos) {
        holds.incrementAndGet();
        loop.carrier().held(true);
        StringBuilder stack = new StringBuilder();
        for (StackTraceElement frame : holder.getStackTrace()) {
            stack.append("\n\tat ").append(frame);
        }
        LOG.log(
                System.Logger.Level.WARNING,
                loop + " is held for " + nanos / 1_000_000 + " ms by " + holder.getName()
                        + "; new connections go to other loops until it is back" + stack);
    }

    /** How often a loop was found held beyond the bound. */
    public long holds() {
        return holds.get();
    }

    /** Ends the thread. */
    @Override
    public void close() {
        closed = true;
    }
}
