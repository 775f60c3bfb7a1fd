package dev.sluice.transport.loop;

import dev.sluice.transport.Loop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Accepts in the place of a loop that one request holds. While the loop is held, another one looks at the listening socket every few
 * milliseconds, so that new connections need not wait for a request that spins.
 */
public final class StandIn implements AutoCloseable {
    private static final long LOOK_MILLIS = 5;

    private final LoopTransport transport;
    private final Loop home;
    private final Consumer<LoopThread> accept;
    private final Runnable begin = this::begin;
    private volatile boolean closed;

    /**
     * Waits for the loop to be held.
     *
     * @param home the loop that accepts as long as it can
     * @param accept accepts what has arrived, without waiting; called on the loop that it gets
     */
    public StandIn(LoopTransport transport, Loop home, Consumer<LoopThread> accept) {
        this.transport = transport;
        this.home = home;
        this.accept = accept;
        home.whenHeld(begin);
    }

    private void begin() {
        LoopThread other = transport.standIn(home);
        if (other != null && !closed) {
            other.executeAlways(() -> look(other));
        }
    }

    private void look(LoopThread other) {
        if (closed || !home.isHeld()) {
            return;
        }
        accept.accept(other);
        try {
            other.executeAfter(() -> look(other), LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            closed = true; // The transport ends.
        }
    }

    /** The listening socket is closed. */
    @Override
    public void close() {
        closed = true;
        home.forget(begin);
    }
}
