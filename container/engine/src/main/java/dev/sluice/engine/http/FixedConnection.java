package dev.sluice.engine.http;

import dev.sluice.engine.http.http1.Head;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.WriteReadyHandler;

/**
 * One connection as far as fixed responses on it are concerned: whether it is time for them, and what the client has not taken yet. While
 * something is left, nothing is read. On the loop.
 */
final class FixedConnection {
    private final RequestGuard guard;
    private final StreamConnection connection;
    private final StreamSinkConduit sink;
    private final HttpOptions options;
    private final FixedLoop answers;
    private final ListenerCounters counters;
    private @Nullable ByteBuffer left;
    private EventLoop.@Nullable Timer timer;
    private boolean progress;
    private @Nullable ResponseRate rate; // since the first wait
    private long taken;

    FixedConnection(
            RequestGuard guard,
            StreamConnection connection,
            HttpOptions options,
            FixedLoop answers,
            ListenerCounters counters) {
        this.guard = guard;
        this.connection = connection;
        this.sink = connection.getSinkChannel().getConduit();
        this.options = options;
        this.answers = answers;
        this.counters = counters;
    }

    /** Answers this request, if a fixed response is all that it needs; what is sent leaves with {@link #finish}. */
    boolean answer(Head head) throws IOException {
        // The last request that is allowed says so in its response: the parser's business.
        boolean last = options.maxRequests() > 0 && guard.requests() >= options.maxRequests() - 1;
        return !last && !guard.draining() && answers.answer(this, head);
    }

    /** Whether nothing more can be answered now. */
    boolean full() {
        return answers.full();
    }

    /** Sends what was answered since the last time. */
    void finish() throws IOException {
        answers.finish(this);
    }

    /** Whether the client has yet to take what it asked for. */
    boolean busy() {
        return left != null;
    }

    StreamSinkConduit sink() {
        return sink;
    }

    @Nullable
    InetSocketAddress peer() {
        return connection.getPeerAddress() instanceof InetSocketAddress address ? address : null;
    }

    void counted() {
        guard.nextRequest();
        guard.loop().carrier().requested();
        counters.direct();
    }

    /** Bytes of responses were taken. */
    void sent(long bytes) {
        taken += bytes;
    }

    /** The client takes no more for now. */
    void full(ByteBuffer rest) {
        left = rest;
        progress = true;
        ResponseRate known = rate;
        if (known == null) {
            known = new ResponseRate(
                    options.minResponseRate(), options.rateGrace().toNanos());
            rate = known;
        }
        if (!known.waits(System.nanoTime(), taken)) {
            endSlow();
            return;
        }
        sink.setWriteReadyHandler(new WriteReadyHandler() {
            @Override
            public void writeReady() {
                write();
            }

            @Override
            public void forceTermination() {
                IoUtils.safeClose(connection);
            }

            @Override
            public void terminated() {
                closed();
            }
        });
        sink.resumeWrites();
        watch();
    }

    private void write() {
        ByteBuffer rest = left;
        if (rest == null) {
            return;
        }
        try {
            int count = sink.write(rest);
            progress |= count > 0;
            taken += count;
            if (count > 0 && tooSlow(rest)) {
                endSlow();
                return;
            }
        } catch (IOException e) {
            IoUtils.safeClose(connection);
            return;
        }
        if (!rest.hasRemaining()) {
            sink.suspendWrites();
            sink.setWriteReadyHandler(new WriteReadyHandler.ChannelListenerHandler<>(connection.getSinkChannel()));
            closed();
            guard.readable();
            if (guard.draining()) {
                guard.closeIfIdle();
            }
        }
    }

    /** Whether the client took too little until now, when what is left of the rest begins to wait. */
    private boolean tooSlow(ByteBuffer rest) {
        ResponseRate known = rate;
        if (known == null) {
            return false;
        }
        long now = System.nanoTime();
        known.goesOn(now);
        return rest.hasRemaining() && !known.waits(now, taken);
    }

    private void endSlow() {
        counters.slow();
        IoUtils.safeClose(connection);
    }

    /** Breaks off a client that takes nothing. */
    private void watch() {
        Duration longest = options.writeTimeout();
        if (longest.isZero() || left == null || !connection.isOpen()) {
            return;
        }
        if (!progress) {
            endSlow();
            return;
        }
        progress = false;
        timer = guard.loop().schedule(longest, this::watch);
    }

    void closed() {
        left = null;
        EventLoop.Timer pending = timer;
        timer = null;
        if (pending != null) {
            pending.cancel();
        }
    }
}
