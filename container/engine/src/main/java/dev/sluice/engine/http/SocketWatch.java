package dev.sluice.engine.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.Buffers;
import org.xnio.StreamConnection;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Stands between a socket and TLS, and notices a client that goes away while nobody reads. TLS itself cannot be asked, because it is not made
 * for reads on the loop and writes on another thread; so what arrives is kept here, still encrypted, until TLS reads it.
 *
 * <p>Reads may come from any thread, one at a time; the watch runs on the loop. What they share is guarded by this object.
 */
final class SocketWatch extends WatchedSource {
    private static final int MOST_KEPT = 16 * 1024;

    private final TlsRecords records = new TlsRecords();
    private @Nullable ByteBuffer kept;
    private boolean ended;
    private @Nullable IOException failure;
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
        }
        look();
    }

    /** There must be room for what arrives meanwhile. */
    @Override
    boolean readsAhead() {
        return gone != null && (kept == null || kept.remaining() < MOST_KEPT);
    }

    @Override
    boolean hasSomething() {
        return kept != null || ended;
    }

    @Override
    @Nullable
    Runnable readHere() {
        ByteBuffer all = ByteBuffer.allocate(MOST_KEPT);
        if (kept != null) {
            all.put(kept);
        }
        try {
            ended = fromSocket(all) < 0;
        } catch (IOException e) {
            ended = true;
            failure = e;
        }
        kept = all.position() == 0 ? null : all.flip();
        Runnable action = ended ? gone : null;
        gone = ended ? null : gone;
        return action;
    }

    @Override
    public synchronized int read(ByteBuffer target) throws IOException {
        ByteBuffer first = kept;
        if (first != null) {
            int count = Buffers.copy(target, first);
            if (!first.hasRemaining()) {
                kept = null;
            } else if (isReadResumed()) {
                next.wakeupReads();
            }
            return count;
        }
        IOException broken = failure;
        if (broken != null) {
            failure = null;
            throw broken;
        }
        return ended ? -1 : fromSocket(target);
    }

    private int fromSocket(ByteBuffer target) throws IOException {
        int from = target.position();
        int count = next.read(target);
        records.read(target, from, target.position());
        return count;
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
}
