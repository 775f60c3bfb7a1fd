package dev.sluice.engine.servlet;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The connections of one application that left HTTP. Any thread. */
final class Upgrades {
    private static final System.Logger LOG = System.getLogger("dev.sluice.servlet");

    /** Guarded by this. */
    private final Set<UpgradeView> open = new HashSet<>();
    /** Guarded by this. */
    private boolean closed;

    void add(UpgradeView view) {
        boolean late;
        synchronized (this) {
            open.add(view);
            late = closed;
        }
        if (late) {
            view.end();
        }
    }

    synchronized void remove(UpgradeView view) {
        open.remove(view);
        notifyAll();
    }

    synchronized int count() {
        return open.size();
    }

    /** Closes all connections, those to come too, and waits until their handlers are destroyed or the time is over. */
    void close(Duration patience) {
        List<UpgradeView> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(open);
        }
        all.forEach(UpgradeView::end);
        try {
            awaitNone(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int left = count();
        if (left > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    left + " upgrade handlers were not destroyed within " + patience.toSeconds()
                            + " s after their connections were closed (expected: init, destroy and the listeners return)");
        }
    }

    private synchronized void awaitNone(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); !open.isEmpty() && left > 0; left = end - System.nanoTime()) {
            java.util.concurrent.TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
    }
}
