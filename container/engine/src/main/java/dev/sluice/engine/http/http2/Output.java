package dev.sluice.engine.http.http2;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.xnio.Buffers;
import org.xnio.channels.StreamSinkChannel;

/**
 * What is to be sent, in order. Small frames are collected in one buffer, bodies are queued as they are; both go through a pooled buffer,
 * which is held only while something waits. On the loop, but for {@link #room} and {@link #reserve}.
 */
final class Output {
    private static final int COLLECTED = 4 * 1024;
    private static final int COPIED = 1024;

    private final StreamSinkChannel sink;
    private final ByteBufferPool buffers;
    private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>();
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private final AtomicLong waiting = new AtomicLong();
    private @Nullable ByteBuffer collecting;
    private @Nullable PooledByteBuffer pooled;
    private long queued;
    private long written;

    /** An action for the moment in which everything up to a position was written. */
    private record Mark(long position, Runnable action) {}

    Output(StreamSinkChannel sink, ByteBufferPool buffers) {
        this.sink = sink;
        this.buffers = buffers;
    }

    /** Bytes that the bound has room for; any thread. */
    long room() {
        return Http2Settings.OUTPUT_BOUND - waiting.get();
    }

    /** Counts payload that will be put later; any thread. */
    void reserve(int bytes) {
        waiting.addAndGet(bytes);
    }

    /** Takes a reservation back. */
    void release(long bytes) {
        waiting.addAndGet(-bytes);
    }

    /** Whether everything was written. */
    boolean empty() {
        return queued == written;
    }

    /** Bytes written so far. */
    long written() {
        return written;
    }

    /** A frame's head, for a payload of this length that follows with {@link #put}. */
    void frame(int length, int type, int flags, int stream) {
        room(Frames.HEADER).putInt(length << 8 | type).put((byte) flags).putInt(stream);
        count(Frames.HEADER);
    }

    /** Payload that nobody has reserved. */
    void put(ByteBuffer bytes) {
        count(bytes.remaining());
        append(bytes);
    }

    /** Payload of the size that was reserved. */
    void putReserved(ByteBuffer bytes) {
        queued += bytes.remaining();
        append(bytes);
    }

    void putInt(int value) {
        room(Integer.BYTES).putInt(value);
        count(Integer.BYTES);
    }

    void putShort(int value) {
        room(Short.BYTES).putShort((short) value);
        count(Short.BYTES);
    }

    private void count(int bytes) {
        queued += bytes;
        waiting.addAndGet(bytes);
    }

    private void append(ByteBuffer bytes) {
        if (bytes.remaining() <= COPIED) {
            room(bytes.remaining()).put(bytes);
        } else {
            seal();
            queue.addLast(bytes);
        }
    }

    private ByteBuffer room(int bytes) {
        ByteBuffer open = collecting;
        if (open == null || open.remaining() < bytes) {
            seal();
            open = ByteBuffer.allocate(COLLECTED);
            collecting = open;
        }
        return open;
    }

    private void seal() {
        ByteBuffer open = collecting;
        if (open != null && open.position() > 0) {
            queue.addLast(open.flip());
            collecting = null;
        }
    }

    /** Runs the action when everything put so far was written. */
    void mark(Runnable action) {
        marks.addLast(new Mark(queued, action));
    }

    /**
     * Writes what the socket takes.
     *
     * @return true if nothing is left behind
     */
    boolean write() throws IOException {
        seal();
        PooledByteBuffer held = pooled;
        if (held == null) {
            if (queue.isEmpty()) {
                return sink.flush();
            }
            held = buffers.allocate();
            held.getBuffer().clear().flip();
            pooled = held;
        }
        ByteBuffer staging = held.getBuffer();
        while (true) {
            fill(staging);
            if (!staging.hasRemaining()) {
                break;
            }
            int count = sink.write(staging);
            if (count == 0) {
                return false;
            }
            written += count;
            waiting.addAndGet(-count);
        }
        pooled = null;
        held.close();
        boolean flushed = sink.flush();
        runMarks();
        return flushed;
    }

    private void fill(ByteBuffer staging) {
        staging.compact();
        for (ByteBuffer first; staging.hasRemaining() && (first = queue.peekFirst()) != null; ) {
            Buffers.copy(staging, first);
            if (!first.hasRemaining()) {
                queue.removeFirst();
            }
        }
        staging.flip();
    }

    /** Runs what waited for the bytes that are written now. */
    void runMarks() {
        for (Mark mark; (mark = marks.peekFirst()) != null && mark.position <= written; ) {
            marks.removeFirst();
            mark.action.run();
        }
    }

    /** Nothing will be written any more. */
    void close() {
        queue.clear();
        marks.clear();
        collecting = null;
        written = queued;
        PooledByteBuffer held = pooled;
        pooled = null;
        if (held != null) {
            held.close();
        }
    }
}
