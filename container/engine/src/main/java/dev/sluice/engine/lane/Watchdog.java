package dev.sluice.engine.lane;

import dev.sluice.engine.http.EventLoop;
import dev.sluice.engine.http.EventLoops;
import dev.sluice.engine.http.Failures;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices a loop that does not go on for longer than the bound, because one request holds it (it spins or is pinned) or because it waits for
 * a lock itself: logs the stack once and tells the carrier, so that new connections stay away until the loop is back. If another thread
 * stands in for the one that is held, the loop goes on; then who holds that is logged all the same. One thread calls {@link #look} now and
 * then.
 *
 * <p>It also asks each loop for a sign of life: a task that the loop has only to run. {@link #silent} names those that have not done so.
 */
public final class Watchdog implements AutoCloseable {
    private static final Failures LOOK = new Failures("the watchdog could not look at the loops; it goes on");
    private static final System.Logger LOG = System.getLogger(Watchdog.class.getName());
    private static final long LONGEST_SLEEP_NANOS = 2_500_000_000L;

    private final EventLoops loops;
    private final long bound;
    private final LongSupplier nanoTime;
    private final Consumer<? super EventLoop> lost;
    private final Map<EventLoop, Sight> sights = new HashMap<>();
    private final Set<EventLoop.Left> reported = new HashSet<>();
    private final Map<EventLoop, Pulse> pulses = new HashMap<>();
    private final AtomicLong holds = new AtomicLong();
    private volatile boolean closed;

    /** What was seen of a loop the last time. */
    private record Sight(long turn, long since, boolean reported) {}

    /** A loop that has not turned for that long. */
    public record Silence(String loop, Duration time) {}

    /**
     * A watchdog that does not look by itself.
     *
     * @param bound how long a loop may be held; zero reports nothing
     * @param lost told of each loop whose thread has ended, at each look
     */
    public Watchdog(EventLoops loops, Duration bound, LongSupplier nanoTime, Consumer<? super EventLoop> lost) {
        this.loops = loops;
        this.bound = bound.toNanos();
        this.nanoTime = nanoTime;
        this.lost = lost;
    }

    /** A watchdog with a thread of its own that looks four times per bound, and at least every 2.5 s. */
    public static Watchdog start(EventLoops loops, Duration bound, Consumer<? super EventLoop> lost) {
        Watchdog watchdog = new Watchdog(loops, bound, System::nanoTime, lost);
        Thread thread = new Thread(watchdog::watch, "sluice-watchdog");
        thread.setDaemon(true);
        thread.start();
        return watchdog;
    }

    private void watch() {
        long sleep = bound == 0 ? LONGEST_SLEEP_NANOS : Math.min(bound / 4, LONGEST_SLEEP_NANOS);
        while (!closed) {
            java.util.concurrent.locks.LockSupport.parkNanos(this, sleep);
            try {
                look();
            } catch (Throwable e) {
                LOOK.log(e);
            }
        }
    }

    /** Compares each loop with the last time. */
    public synchronized void look() {
        long now = nanoTime.getAsLong();
        for (EventLoop loop : loops.all()) {
            pulse(loop).ask(now);
            if (loop.thread().getState() == Thread.State.TERMINATED) {
                if (!closed) { // Asked afterwards: the loops are ended after the watchdog.
                    lost.accept(loop);
                }
            } else if (bound > 0) {
                look(loop, now);
                lookAtLeft(loop, now);
            }
        }
    }

    /** What holds a thread that another one stands in for: it costs no other connection, but somebody should know. */
    private void lookAtLeft(EventLoop loop, long now) {
        List<EventLoop.Left> all = loop.left();
        for (EventLoop.Left one : all) {
            if (now - one.sinceNanos() > bound && reported.add(one)) {
                Thread holder = one.by().thread();
                holds.incrementAndGet();
                LOG.log(
                        System.Logger.Level.WARNING,
                        "a thread of " + loop + " is held for " + (now - one.sinceNanos()) / 1_000_000 + " ms by "
                                + holder.getName() + lock(holder) + "; another thread drives the loop meanwhile"
                                + stack(holder));
            }
        }
        reported.removeIf(one -> one.loop() == loop && !all.contains(one));
    }

    private void look(EventLoop loop, long now) {
        Thread holder = culprit(loop);
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

    /** Whose stack tells why the loop does not go on; null if it may be going on. A loop that waits for events is runnable to the JDK. */
    private static @Nullable Thread culprit(EventLoop loop) {
        Thread holder = loop.holder();
        if (holder != null) {
            return holder;
        }
        return switch (loop.acting().getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> loop.acting();
            default -> null;
        };
    }

    private void report(EventLoop loop, Thread holder, long nanos) {
        holds.incrementAndGet();
        loop.carrier().held(true);
        LOG.log(
                System.Logger.Level.WARNING,
                loop + " is held for " + nanos / 1_000_000 + " ms by " + holder.getName() + lock(holder)
                        + "; new connections go to other loops until it is back" + stack(holder));
    }

    private static String stack(Thread holder) {
        StringBuilder stack = new StringBuilder();
        for (StackTraceElement frame : holder.getStackTrace()) {
            stack.append("\n\tat ").append(frame);
        }
        return stack.toString();
    }

    /** What a thread waits for, and who has it as far as the JDK can tell. */
    @SuppressWarnings("deprecation") // Thread.threadId() is younger than our byte code
    private static String lock(Thread holder) {
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(holder.getId());
        LockInfo lock = info == null ? null : info.getLockInfo();
        if (info == null || lock == null) {
            return "";
        }
        String owner = info.getLockOwnerName();
        return ", which waits for " + lock + " of " + (owner == null ? "an unknown or virtual thread" : owner);
    }

    private Pulse pulse(EventLoop loop) {
        return pulses.computeIfAbsent(loop, Pulse::new);
    }

    /** The loops that were asked for a sign of life longer ago than this and have given none; asks all of them. */
    public synchronized List<Silence> silent(Duration limit) {
        long now = nanoTime.getAsLong();
        List<Silence> silent = new ArrayList<>();
        for (EventLoop loop : loops.all()) {
            long waiting = pulse(loop).ask(now);
            if (waiting > limit.toNanos()) {
                silent.add(new Silence(loop.name(), Duration.ofNanos(waiting)));
            }
        }
        return silent;
    }

    /** The question whether a loop turns: a task for it. Asked under the watchdog's lock, answered by the loop. */
    private static final class Pulse implements Runnable {
        private final EventLoop loop;
        private long askedAt;
        private volatile boolean open;

        Pulse(EventLoop loop) {
            this.loop = loop;
        }

        /** Asks unless a question is open; how long the open one has been waiting. */
        long ask(long now) {
            if (open) {
                return now - askedAt;
            }
            askedAt = now;
            open = true;
            try {
                loop.execute(this);
            } catch (java.util.concurrent.RejectedExecutionException e) {
                LOG.log(System.Logger.Level.DEBUG, loop + " has ended", e); // It stays silent.
            }
            return 0;
        }

        @Override
        public void run() {
            open = false;
        }
    }

    /** How often a loop was found held beyond the bound. */
    public long holds() {
        return holds.get();
    }

    /** Ends the thread; to be called before the loops are ended. */
    @Override
    public void close() {
        closed = true;
    }
}
