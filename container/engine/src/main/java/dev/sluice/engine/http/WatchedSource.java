package dev.sluice.engine.http;

import org.jspecify.annotations.Nullable;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/**
 * A source that is read ahead on its loop while nobody reads, so that a client that goes away is noticed. Whoever reads may resume and suspend
 * from any thread, at the same time as the loop suspends because it has read enough ahead.
 *
 * <pre>
 *            somebody wants to read   reads ahead   neither
 * ready      tell the reader          read here     suspend the socket, then look again
 * </pre>
 *
 * <p>The second look is what keeps wake-ups: who resumes between the decision to suspend and the suspension is found by it. The socket may be
 * resumed for nobody; then the next readiness suspends it.
 *
 * <p>Whether there is a reader is guarded by this object, as is what the methods for subclasses tell; they are called with its lock.
 */
abstract class WatchedSource extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private boolean wanted;

    WatchedSource(StreamSourceConduit next) {
        super(next);
    }

    /** Whether the loop is to read while nobody else does. */
    abstract boolean readsAhead();

    /** Reads once for nobody in particular, on the loop; what to do if the client is gone, null if not. */
    abstract @Nullable Runnable readHere();

    /** Whether a reader would get something without the socket. */
    abstract boolean hasSomething();

    /** Whether a reader must wait although the socket may have something for it. */
    boolean paused() {
        return false;
    }

    /** Whether there will be no reader any more: somebody else has the socket. */
    boolean abandoned() {
        return false;
    }

    /** {@link #readsAhead} tells something else than before. */
    final void look() {
        boolean ahead;
        synchronized (this) {
            if (wanted) {
                return;
            }
            ahead = readsAhead();
        }
        if (ahead) {
            next.resumeReads();
        } else {
            suspend();
        }
    }

    /** Suspends the socket, unless another thread wants to read or to watch by the time that it is done. */
    final void suspend() {
        next.suspendReads();
        boolean reading;
        boolean ahead;
        synchronized (this) {
            reading = wanted;
            ahead = readsAhead();
        }
        if (reading) {
            resumeReads();
        } else if (ahead) {
            next.resumeReads();
        }
    }

    private void readAhead() {
        Runnable gone;
        synchronized (this) {
            gone = !wanted && readsAhead() ? readHere() : null;
            if (!wanted && readsAhead()) { // Who wants to read by now may have found nothing: the second look tells.
                return;
            }
        }
        suspend();
        if (gone != null) {
            gone.run();
        }
    }

    @Override
    public void setReadReadyHandler(ReadReadyHandler handler) {
        next.setReadReadyHandler(new ReadReadyHandler() {
            @Override
            public void readReady() {
                if (isReadResumed()) {
                    handler.readReady();
                } else {
                    readAhead();
                }
            }

            @Override
            public void forceTermination() {
                handler.forceTermination();
            }

            @Override
            public void terminated() {
                handler.terminated();
            }
        });
    }

    @Override
    public void resumeReads() {
        boolean wake;
        synchronized (this) {
            if (abandoned()) {
                return;
            }
            wanted = true;
            if (paused()) {
                return;
            }
            wake = hasSomething();
        }
        if (wake) {
            next.wakeupReads();
        } else {
            next.resumeReads();
        }
    }

    @Override
    public void wakeupReads() {
        synchronized (this) {
            if (abandoned()) {
                return;
            }
            wanted = true;
        }
        next.wakeupReads();
    }

    @Override
    public void suspendReads() {
        synchronized (this) {
            wanted = false;
            if (readsAhead() || abandoned()) {
                return;
            }
        }
        suspend();
    }

    @Override
    public synchronized boolean isReadResumed() {
        return wanted;
    }
}
