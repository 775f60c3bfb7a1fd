package dev.sluice.deploy.deployment;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Watches a thread that starts or ends an application, and tells where it is when that takes long: after a time, after twice that time,
 * and so on. Made by the thread that it watches, which also closes it.
 */
final class SlowWork implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SlowWork.class.getName());
    private static final int FRAMES = 8;

    private final String what;
    private final Thread thread = Thread.currentThread();
    private final long begin = System.nanoTime();
    private final ScheduledExecutorService scheduler;
    private final Runnable whenSlow;
    /** Guarded by this. */
    private boolean over;

    private SlowWork(String what, ScheduledExecutorService scheduler, Runnable whenSlow) {
        this.what = what;
        this.scheduler = scheduler;
        this.whenSlow = whenSlow;
    }

    /**
     * Watches the current thread from now on.
     *
     * @param what what it does, such as {@code the start of shop}
     * @param whenSlow called once, after the first line
     */
    static SlowWork watch(String what, Duration after, ScheduledExecutorService scheduler, Runnable whenSlow) {
        SlowWork work = new SlowWork(what, scheduler, whenSlow);
        work.lookIn(after, true);
        return work;
    }

    private void lookIn(Duration time, boolean first) {
        if (!scheduler.isShutdown()) {
            var ignored = scheduler.schedule(() -> look(time, first), time.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look(Duration time, boolean first) {
        synchronized (this) {
            if (over) {
                return;
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    what + " has taken "
                            + Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s and goes on; it is at"
                            + where());
        }
        if (first) {
            whenSlow.run();
        }
        lookIn(first ? time : time.multipliedBy(2), false);
    }

    private String where() {
        StringBuilder stack = new StringBuilder();
        StackTraceElement[] frames = thread.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
            stack.append("\n\tat ").append(frames[i]);
        }
        return stack.toString();
    }

    @Override
    public void close() {
        synchronized (this) {
            over = true;
        }
    }
}
