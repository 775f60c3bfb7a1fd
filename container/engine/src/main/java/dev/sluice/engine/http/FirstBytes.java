package dev.sluice.engine.http;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSourceChannel;

/** Reads as much of a connection as tells HTTP/1.1 from HTTP/2 with prior knowledge (RFC 9113, 3.3). On the loop. */
final class FirstBytes implements Evictable {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n".getBytes(StandardCharsets.US_ASCII);

    private final StreamConnection connection;
    private final HttpOptions options;
    private final EventLoop loop;
    private final ListenerCounters counters;
    private final ByteBufferPool buffers;
    private final Next next;
    private @Nullable ByteBuffer collected;
    private EventLoop.@Nullable Timer timer;
    private volatile boolean decided; // written on the loop
    private final long since = System.nanoTime();

    /** Takes the connection once it is known; on the loop. */
    interface Next {
        /** What was read is no preface; null if nothing was read. */
        void http1(@Nullable ByteBuffer read);

        /** What was read begins the preface. */
        void http2(ByteBuffer read);
    }

    FirstBytes(
            StreamConnection connection,
            HttpOptions options,
            EventLoop loop,
            ListenerCounters counters,
            ByteBufferPool buffers,
            Next next) {
        this.connection = connection;
        this.options = options;
        this.loop = loop;
        this.counters = counters;
        this.buffers = buffers;
        this.next = next;
    }

    void open() {
        ConduitStreamSourceChannel source = connection.getSourceChannel();
        source.setReadListener(ready -> read());
        source.wakeupReads();
    }

    private void limit(Duration time) {
        stopClock();
        if (time.isZero()) {
            return;
        }
        try {
            timer = loop.schedule(time, this::evict);
        } catch (RejectedExecutionException e) {
            timer = null; // The loop ends, and the connection with it.
        }
    }

    private void evict() {
        counters.evicted();
        IoUtils.safeClose(connection);
    }

    private void stopClock() {
        EventLoop.Timer pending = timer;
        timer = null;
        if (pending != null) {
            pending.cancel();
        }
    }

    @Override
    public long idleSince() {
        return decided ? BUSY : since;
    }

    @Override
    public void makeRoom(long idleSince, Runnable otherwise) {
        loop.execute(() -> {
            if (decided) {
                otherwise.run();
            } else {
                evict();
            }
        });
    }

    /** The connection is closed. */
    void closed() {
        decided = true;
        stopClock();
    }

    private void read() {
        if (decided) {
            return;
        }
        try (PooledByteBuffer pooled = buffers.allocate()) {
            ByteBuffer buffer = pooled.getBuffer().clear();
            int count = connection.getSourceChannel().read(buffer);
            if (count < 0) {
                IoUtils.safeClose(connection);
            } else if (count > 0) {
                look(buffer.flip());
            } else if (timer == null) {
                limit(options.idleTimeout()); // Most connections bring their request along and never need this clock.
            }
        } catch (IOException e) {
            IoUtils.safeClose(connection);
        }
    }

    private void look(ByteBuffer read) {
        ByteBuffer before = collected;
        int first = before == null ? 0 : before.remaining();
        ByteBuffer all = ByteBuffer.allocate(first + read.remaining());
        if (before != null) {
            all.put(before);
        }
        all.put(read).flip();
        int length = Math.min(all.remaining(), PREFACE.length);
        int same = 0;
        while (same < length && all.get(same) == PREFACE[same]) {
            same++;
        }
        if (same < length) {
            decide();
            next.http1(all);
        } else if (same == PREFACE.length) {
            decide();
            next.http2(all);
        } else {
            collected = all;
            if (first == 0) {
                limit(options.requestTimeout());
            }
        }
    }

    private void decide() {
        decided = true;
        stopClock();
        ConduitStreamSourceChannel source = connection.getSourceChannel();
        source.suspendReads();
        source.setReadListener(null);
    }
}
