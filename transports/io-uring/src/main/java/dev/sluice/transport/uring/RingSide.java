package dev.sluice.transport.uring;

import dev.sluice.transport.LoopCounters;
import dev.sluice.transport.loop.Waiters;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.conduits.TerminateHandler;

/**
 * What both sides of a connection on a ring have in common: a handler that is called on the loop again and again while it is resumed and the
 * side is ready, and threads that wait for that.
 */
abstract class RingSide<H extends TerminateHandler> {
    final RingConnection connection;
    final RingSocket socket;
    final RingLoop loop;
    final LoopCounters counters;
    final Waiters waiters = new Waiters();
    private final Runnable fire = this::fire;
    private @Nullable H handler;
    private volatile boolean resumed;
    private boolean queued;

    RingSide(RingConnection connection, RingSocket socket) {
        this.connection = connection;
        this.socket = socket;
        this.loop = socket.loop();
        this.counters = loop.loop().counters();
    }

    /** Whether there is something to tell the handler. */
    abstract boolean ready();

    /** Whether nothing will come of this side any more. */
    abstract boolean over();

    /** Tells the handler, which may have been woken although the side is not ready. */
    abstract void tell(H target);

    /** The handler wants to know, and there is nothing to tell it; on the loop. */
    void idle() {}

    /** Calls the handler if it is resumed, and sees to it that it is called again while the side is ready; on the loop. */
    final void fire() {
        synchronized (this) {
            queued = false;
        }
        H target = handler;
        if (!resumed || target == null) {
            return;
        }
        if (over()) {
            resumed = false;
            return;
        }
        tell(target);
        next();
    }

    /** Has the handler called if the side is ready. */
    final void next() {
        if (resumed) {
            if (ready()) {
                queue();
            } else {
                idle();
            }
        }
    }

    private void queue() {
        synchronized (this) {
            if (queued) {
                return;
            }
            queued = true;
        }
        loop.executeAlways(fire);
    }

    final void terminated() {
        waiters.signalAll();
        H target = handler;
        if (target != null) {
            target.terminated();
        }
    }

    final void handle(H target) {
        handler = target;
    }

    final boolean isResumed() {
        return resumed;
    }

    final void resume(boolean on) {
        resumed = on;
    }

    final void wakeUp() {
        resumed = true;
        queue();
    }

    /** Waits until the side is ready or over, at most that long; 0 waits without end. */
    final void await(long time, TimeUnit unit, Runnable unready) throws IOException {
        waiters.await(loop.loop(), unit.toNanos(time), () -> {
            if (over() || ready()) {
                return true;
            }
            unready.run();
            return false;
        });
    }

    final XnioIoThread thread() {
        return loop;
    }

    public final XnioWorker getWorker() {
        return loop.getWorker();
    }
}
