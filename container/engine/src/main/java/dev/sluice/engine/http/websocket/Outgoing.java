package dev.sluice.engine.http.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Bytes that wait to be written: any thread adds, the loop takes. */
final class Outgoing {
    private final int most;
    private final Queue<Chunk> chunks = new ConcurrentLinkedQueue<>();
    private final AtomicLong waiting = new AtomicLong();

    // On the loop.
    private final ArrayDeque<CompletableFuture<Void>> taken = new ArrayDeque<>(2);
    private boolean complete;

    /**
     * Bytes to write, the second buffer behind the first.
     *
     * @param last whether nothing may follow
     * @param taken whom to tell; null for nobody
     */
    private record Chunk(
            ByteBuffer first,
            ByteBuffer second,
            boolean last,
            @Nullable CompletableFuture<Void> taken) {
        void moveTo(ByteBuffer target) {
            move(first, target);
            move(second, target);
        }

        private static void move(ByteBuffer from, ByteBuffer to) {
            int count = Math.min(from.remaining(), to.remaining());
            to.put(to.position(), from, from.position(), count).position(to.position() + count);
            from.position(from.position() + count);
        }

        long size() {
            return (long) first.remaining() + second.remaining();
        }
    }

    Outgoing(int most) {
        this.most = most;
    }

    boolean full() {
        return waiting.get() > most;
    }

    long waiting() {
        return waiting.get();
    }

    /** On the loop. */
    boolean empty() {
        return chunks.isEmpty();
    }

    /** Completed at once unless more waits than may. */
    CompletableFuture<Void> add(ByteBuffer first, ByteBuffer second, boolean last) {
        long all = waiting.addAndGet((long) first.remaining() + second.remaining());
        CompletableFuture<Void> future = new CompletableFuture<>();
        if (all <= most) {
            future.complete(null);
            chunks.add(new Chunk(first, second, last, null));
        } else {
            chunks.add(new Chunk(first, second, last, future));
        }
        return future;
    }

    /** Moves what fits. On the loop. */
    void drainTo(ByteBuffer target) {
        int before = target.remaining();
        for (Chunk next; target.hasRemaining() && (next = chunks.peek()) != null; ) {
            if (complete) {
                fail(new ClosedChannelException());
                break;
            }
            next.moveTo(target);
            if (next.size() == 0) {
                chunks.remove();
                complete = next.last();
                if (next.taken() != null) {
                    taken.add(next.taken());
                }
            }
        }
        waiting.addAndGet((long) target.remaining() - before);
    }

    /** Tells whose bytes were taken; at the end of a turn, because whoever is told may run at once. On the loop. */
    void tell() {
        for (CompletableFuture<Void> next; (next = taken.poll()) != null; ) {
            next.complete(null);
        }
    }

    /** What waits is not written any more; any thread. */
    void fail(IOException reason) {
        for (Chunk next; (next = chunks.poll()) != null; ) {
            waiting.addAndGet(-next.size());
            if (next.taken() != null) {
                next.taken().completeExceptionally(reason);
            }
        }
    }
}
