package dev.sluice.engine.http;

import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/**
 * The time between the accept of a TLS connection and the moment when its protocol is known and its keys are agreed on. A client that
 * takes longer than a request's head may take is closed, at whatever stage it stopped. On the loop, but for what {@link Evictable} says.
 */
final class TlsHandshake implements Evictable {
    private static final System.Logger LOG = System.getLogger(TlsHandshake.class.getName());

    private final StreamConnection plain;
    private final EventLoop loop;
    private final ListenerCounters counters;
    private final Runnable ended;
    private final long began = System.nanoTime();
    private EventLoop.@Nullable Timer timer;
    private boolean agreed;
    private boolean chosen;
    private volatile boolean over;

    /**
     * Begins.
     *
     * @param ended runs once, on the loop, when it is over
     */
    TlsHandshake(
            StreamConnection plain, HttpOptions options, EventLoop loop, ListenerCounters counters, Runnable ended) {
        this.plain = plain;
        this.loop = loop;
        this.counters = counters;
        this.ended = ended;
        if (!options.requestTimeout().isZero()) {
            timer = loop.schedule(options.requestTimeout(), this::late);
        }
    }

    /** Keys are agreed on. */
    void agreed() {
        agreed = true;
        endIfComplete();
    }

    /** The protocol that the connection speaks is known. */
    void chosen() {
        chosen = true;
        endIfComplete();
    }

    private void endIfComplete() {
        if (agreed && chosen) {
            end();
        }
    }

    /** It is complete, or the connection is closed. */
    void end() {
        if (over) {
            return;
        }
        over = true;
        if (timer != null) {
            timer.cancel();
        }
        ended.run();
    }

    private void late() {
        if (!over) {
            LOG.log(System.Logger.Level.DEBUG, "the TLS handshake of {0} took too long", plain.getPeerAddress());
            evict();
        }
    }

    private void evict() {
        counters.evicted();
        IoUtils.safeClose(plain);
    }

    @Override
    public long idleSince() {
        return over ? BUSY : began;
    }

    @Override
    public void makeRoom(long idleSince, Runnable otherwise) {
        loop.execute(() -> {
            if (over) {
                otherwise.run();
            } else {
                evict();
            }
        });
    }
}
