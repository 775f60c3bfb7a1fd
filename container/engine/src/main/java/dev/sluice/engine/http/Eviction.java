package dev.sluice.engine.http;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The clock of one connection. One timer at a time: it is set when there is none, and finds out when it fires whether the limit of the
 * phase was really reached; so a request costs two writes of a field and no timer.
 */
final class Eviction {
    private enum Phase {
        IDLE,
        HEAD,
        REQUEST,
        OVER
    }

    private final RequestGuard guard;
    private final HttpOptions options;
    private final EventLoop loop;
    private volatile Phase phase = Phase.OVER;
    private volatile long since;
    private volatile EventLoop.@Nullable Timer timer; // written on the loop

    Eviction(RequestGuard guard, HttpOptions options, EventLoop loop) {
        this.guard = guard;
        this.options = options;
        this.loop = loop;
    }

    /** Waits for a request. */
    void idle() {
        enter(Phase.IDLE);
        ensureTimer();
    }

    /** The first bytes of a head are here, the rest is not. */
    void headBegun() {
        if (phase != Phase.HEAD) {
            enter(Phase.HEAD);
            setTimer(options.requestTimeout());
        }
    }

    /** A request is being handled; its application may take its time. */
    void requestBegun() {
        enter(Phase.REQUEST);
    }

    void stop() {
        phase = Phase.OVER;
    }

    /** The connection is closed: a timer would keep it and what it holds in memory until it is due. */
    void closed() {
        stop();
        EventLoop.Timer pending = timer;
        timer = null;
        if (pending != null) {
            pending.cancel();
        }
    }

    /** Since when the client lets wait for a whole head; {@link Evictable#BUSY} while there is a request. Any thread. */
    long idleSince() {
        Phase now = phase;
        return now == Phase.IDLE || now == Phase.HEAD ? since : Evictable.BUSY;
    }

    private void enter(Phase next) {
        since = System.nanoTime();
        phase = next;
    }

    private Duration limit() {
        return switch (phase) {
            case IDLE -> options.idleTimeout();
            case HEAD -> options.requestTimeout();
            case REQUEST, OVER -> Duration.ZERO;
        };
    }

    private void ensureTimer() {
        if (timer == null) {
            setTimer(options.idleTimeout());
        }
    }

    private void setTimer(Duration delay) {
        if (delay.isZero()) {
            return;
        }
        if (!loop.onOwnThread()) {
            loop.execute(() -> setTimer(delay));
            return;
        }
        try {
            EventLoop.Timer before = timer;
            if (before != null) {
                before.cancel();
            }
            timer = loop.schedule(delay, this::look);
        } catch (RejectedExecutionException e) {
            timer = null; // The loop ends, and the connection with it.
        }
    }

    private void look() {
        timer = null;
        if (!guard.connection().isOpen()) {
            return;
        }
        Phase now = phase;
        Duration limit = limit();
        if (limit.isZero()) {
            if (now != Phase.OVER) {
                setTimer(options.idleTimeout());
            }
            return;
        }
        Duration left = limit.minusNanos(System.nanoTime() - since);
        if (left.isNegative() || left.isZero()) {
            phase = Phase.OVER;
            guard.evict(now == Phase.HEAD);
        } else {
            setTimer(left);
        }
    }
}
