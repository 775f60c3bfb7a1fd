package dev.sluice.engine.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Waits for a channel, at most for a time; the action runs once, whichever comes first. */
final class Waiting {
    private static final VarHandle OVER;

    static {
        try {
            OVER = MethodHandles.lookup().findVarHandle(Waiting.class, "over", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Runnable action;
    private final EventLoop.@Nullable Timer timer;

    @SuppressWarnings("unused") // through OVER
    private volatile boolean over;

    /**
     * Starts the clock.
     *
     * @param longest zero for no limit
     * @param expired runs before the action when the time is up
     */
    Waiting(EventLoop loop, Duration longest, Runnable action, Runnable expired) {
        this.action = action;
        this.timer = longest.isZero() ? null : start(loop, longest, expired);
    }

    private EventLoop.@Nullable Timer start(EventLoop loop, Duration longest, Runnable expired) {
        try {
            return loop.schedule(longest, () -> {
                if (OVER.compareAndSet(this, false, true)) {
                    expired.run();
                    action.run();
                }
            });
        } catch (RejectedExecutionException e) {
            return null; // The loop ends, and the channel with it.
        }
    }

    /** The channel is ready, or closed. */
    void ready() {
        if (OVER.compareAndSet(this, false, true)) {
            if (timer != null) {
                timer.cancel();
            }
            action.run();
        }
    }
}
