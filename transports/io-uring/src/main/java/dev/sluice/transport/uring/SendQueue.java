package dev.sluice.transport.uring;

import dev.sluice.transport.LoopBuffers;
import io.netty.channel.unix.Buffer;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Bytes that were accepted and are not sent yet, in pooled buffers; guarded by its sink. The first may be in flight. */
final class SendQueue {
    /** Bytes that are accepted ahead of the kernel at most. */
    static final int WATERMARK = 64 * 1024;

    private final LoopBuffers pool;
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>(2);
    private int bytes;
    private boolean inFlight;
    private boolean full;

    SendQueue(LoopBuffers pool) {
        this.pool = pool;
    }

    /** A buffer between {@code start} (not sent yet) and its position (written so far). */
    private static final class Chunk {
        private final PooledByteBuffer lease;
        private final ByteBuffer buffer;
        private int start;

        Chunk(PooledByteBuffer lease) {
            this.lease = lease;
            this.buffer = lease.getBuffer();
        }

        int size() {
            return buffer.position() - start;
        }
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    int room() {
        return full ? 0 : WATERMARK - bytes;
    }

    /** Takes nothing more until the kernel does; whoever says so has somebody submit. */
    void full() {
        full = true;
    }

    /** Whether something waits for the ring to be told. */
    boolean needsSubmission() {
        return bytes > 0 && !inFlight;
    }

    /** Copies as much as there is room for; true if nothing was in flight, so somebody has to submit. */
    boolean add(ByteBuffer source) {
        while (source.hasRemaining() && room() > 0) {
            ByteBuffer target = last().buffer;
            int count = Math.min(Math.min(source.remaining(), target.remaining()), room());
            target.put(target.position(), source, source.position(), count);
            target.position(target.position() + count);
            source.position(source.position() + count);
            bytes += count;
        }
        return needsSubmission();
    }

    private Chunk last() {
        @Nullable Chunk last = chunks.peekLast();
        if (last == null || !last.buffer.hasRemaining()) {
            last = new Chunk(pool.allocate());
            chunks.addLast(last);
        }
        return last;
    }

    /** Sends from the calling thread until the kernel takes no more. */
    int sendNow(RingSocket socket) throws IOException {
        int total = 0;
        while (bytes > 0 && !inFlight) {
            Chunk first = chunks.getFirst();
            ByteBuffer view = first.buffer.duplicate();
            view.flip().position(first.start);
            int count = socket.sendNow(view);
            if (count == 0) {
                return total;
            }
            total += count;
            consume(count);
        }
        return total;
    }

    /** Submits the first buffer, or waits for room if that is all that is wanted, unless something is in flight; on the loop. */
    void submit(RingSocket socket) {
        if (needsSubmission()) {
            Chunk first = chunks.getFirst();
            inFlight = true;
            socket.send(Buffer.memoryAddress(first.buffer) + first.start, first.size());
        } else if (full && !inFlight) {
            inFlight = true;
            socket.awaitRoom();
        }
    }

    /** What was in flight has ended: the buffer was sent in part or whole, or there is room. */
    void sent(int count) {
        inFlight = false;
        full = false;
        if (count > 0) {
            consume(count);
        }
    }

    private void consume(int count) {
        Chunk first = chunks.getFirst();
        first.start += count;
        bytes -= count;
        if (first.size() == 0) {
            chunks.removeFirst();
            first.lease.close();
        }
    }

    /** Forgets everything; nothing may be in flight any more. */
    void clear() {
        inFlight = false;
        full = false;
        bytes = 0;
        for (Chunk chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
            chunk.lease.close();
        }
    }
}
