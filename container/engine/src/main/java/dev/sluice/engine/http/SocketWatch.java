package dev.sluice.engine.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.Buffers;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Stands between a socket and TLS, and notices a client that goes away while nobody reads. TLS itself cannot be asked, because it is not made
 * for reads on the loop and writes on another thread; so what arrives is kept here, still encrypted, until TLS reads it.
 *
 * <p>Reads may come from any thread, one at a time; the watch runs on the loop. What they share is guarded by this object.
 */
final class SocketWatch extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private static final int MOST_KEPT = 16 * 1024;

    private @Nullable ByteBuffer kept;
    private boolean ended;
    private @Nullable IOException failure;
    private boolean wanted;
    private @Nullable Runnable gone;

    private SocketWatch(StreamSourceConduit next) {
        super(next);
    }

    static SocketWatch install(StreamConnection plain) {
        SocketWatch watch = new SocketWatch(plain.getSourceChannel().getConduit());
        plain.getSourceChannel().setConduit(watch);
        watch.setReadReadyHandler(new ReadReadyHandler.ChannelListenerHandler<>(plain.getSourceChannel()));
        return watch;
    }

    /** Runs the action, on the loop, when the client goes away; null ends the watch. */
    void watch(@Nullable Runnable action) {
        synchronized (this) {
            if (ended) {
                return;
            }
            gone = action;
            if (wanted) {
                return;
            }
        }
        if (action == null) {
            suspend();
        } else {
            next.resumeReads();
        }
    }

    /** Suspends the socket, unless another thread wants to read or to watch by the time that it is done; as in {@link RequestGuard}. */
    private void suspend() {
        next.suspendReads();
        if (isReadResumed()) {
            resumeReads();
        } else if (readsAhead()) {
            next.resumeReads();
        }
    }

    /** Whether somebody watches and there is room for what arrives meanwhile. */
    private synchronized boolean readsAhead() {
        return gone != null && (kept == null || kept.remaining() < MOST_KEPT);
    }

    private void readAhead() {
        Runnable action = null;
        synchronized (this) {
            if (readsAhead()) {
                if (!readHere()) {
                    return;
                }
                action = gone;
                gone = null;
            }
        }
        suspend();
        if (action != null) {
            action.run();
        }
    }

    /** Reads once for nobody in particular; true at the end. */
    private boolean readHere() {
        ByteBuffer all = ByteBuffer.allocate(MOST_KEPT);
        if (kept != null) {
            all.put(kept);
        }
        try {
            ended = next.read(all) < 0;
        } catch (IOException e) {
            ended = true;
            failure = e;
        }
        kept = all.position() == 0 ? null : all.flip();
        return ended;
    }

    @Override
    public synchronized int read(ByteBuffer target) throws IOException {
        ByteBuffer first = kept;
        if (first != null) {
            int count = Buffers.copy(target, first);
            if (!first.hasRemaining()) {
                kept = null;
            } else if (wanted) {
                next.wakeupReads();
            }
            return count;
        }
        IOException broken = failure;
        if (broken != null) {
            failure = null;
            throw broken;
        }
        return ended ? -1 : next.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (targets[i].hasRemaining()) {
                return read(targets[i]);
            }
        }
        return 0;
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
        boolean atOnce;
        synchronized (this) {
            wanted = true;
            atOnce = kept != null || ended;
        }
        if (atOnce) {
            next.wakeupReads();
        } else {
            next.resumeReads();
        }
    }

    @Override
    public void wakeupReads() {
        synchronized (this) {
            wanted = true;
        }
        next.wakeupReads();
    }

    @Override
    public void suspendReads() {
        synchronized (this) {
            wanted = false;
            if (gone != null) {
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
