package dev.sluice.engine.http.websocket;

import dev.sluice.engine.http.EventLoop;
import dev.sluice.engine.http.UpgradedConnection;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * The bytes of an upgraded connection for a protocol that lives on its loop: read while the protocol is ready for more, written from a queue that
 * anybody may fill. All reading, writing and telling is done in turns on the loop, one at a time and with no lock held; a turn that is asked
 * for during a turn follows it.
 *
 * <pre>
 * OPEN --finish--> FINISHING (what waits is written, then our end is closed; input is dropped) --end of input, or time--> OVER
 *   +--end of input, failure, abort--> OVER
 * </pre>
 *
 * <p>Nothing is read while more waits to be written than {@link #MOST_WAITING}.
 */
public final class LoopStream {
    /** Bytes that may wait to be written before writers wait. */
    public static final int MOST_WAITING = 64 * 1024;

    private static final int MOST_READS = 16;
    private static final int MOST_ROUNDS = 16;

    private enum State {
        OPEN,
        FINISHING,
        OVER
    }

    private final UpgradedConnection connection;
    private final ConduitStreamSourceChannel source;
    private final ConduitStreamSinkChannel sink;
    private final EventLoop loop;
    private final Owner owner;
    private final Runnable turn = this::turn;
    private final Outgoing outgoing = new Outgoing(MOST_WAITING);
    private final AtomicBoolean asked = new AtomicBoolean();

    // On the loop only.
    private volatile State state = State.OPEN; // others look whether it is OVER
    private boolean turning;
    private boolean again;
    private boolean ended;
    private boolean shut;
    private boolean released;
    private boolean readsResumed;
    private boolean writesResumed;
    private long progress;
    private @Nullable PooledByteBuffer input;
    private @Nullable PooledByteBuffer output;
    private EventLoop.@Nullable Timer stall;
    private EventLoop.@Nullable Timer end;
    private @Nullable IOException failure;

    /** The protocol. Called on the loop, one call at a time; must not block. */
    public interface Owner {
        /** Whether bytes are wanted now. After it has become true somewhere else, call {@link LoopStream#ask}. */
        boolean ready();

        /** Bytes to read, as far as the protocol is ready; what is left is given again. The buffer may be changed up to its limit. */
        void read(ByteBuffer bytes);

        /**
         * The connection is over; called once, and nothing after it.
         *
         * @param failure what broke it, a {@link ClosedChannelException} if the client just ended it; null if that was us
         */
        void over(@Nullable IOException failure);
    }

    /** Takes the connection over; the first {@link #ask} starts it. On the loop. */
    public LoopStream(UpgradedConnection connection, Owner owner) {
        this.connection = connection;
        this.owner = owner;
        loop = connection.loop();
        source = connection.channel().getSourceChannel();
        sink = connection.channel().getSinkChannel();
        source.setReadListener(ready -> turn());
        sink.setWriteListener(ready -> turn());
        source.suspendReads();
        sink.suspendWrites();
        connection.onClose(this::abort);
    }

    /** Asks for a turn; any thread. */
    public void ask() {
        if (asked.compareAndSet(false, true)) {
            onLoop(turn);
        }
    }

    /** Runs something on the loop, where the protocol's state is; any thread. */
    public void onLoop(Runnable action) {
        try {
            loop.soon(action);
        } catch (RejectedExecutionException e) {
            // The loop has ended: nobody else is there to be disturbed.
            connection.close();
            over(null);
        }
    }

    /** Whether the connection is over. */
    public boolean over() {
        return state == State.OVER;
    }

    /** Whether writers have to wait. */
    public boolean full() {
        return outgoing.full();
    }

    /**
     * Queues bytes, the second buffer behind the first; any thread. They belong to the stream from now on.
     *
     * @return completes at once while little waits, otherwise when these bytes were written; fails when the connection is over, and on the loop's
     *     own thread, which cannot wait, when much waits: then nothing was queued
     */
    public CompletableFuture<Void> write(ByteBuffer first, ByteBuffer second) {
        if (outgoing.full() && loop.onOwnThread()) {
            return CompletableFuture.failedFuture(new IOException("the client is slow: " + outgoing.waiting()
                    + " bytes wait (expected: at most " + MOST_WAITING + " for a sender that cannot wait)"));
        }
        return queue(first, second);
    }

    /** Queues few bytes of the protocol's own, however much waits. */
    CompletableFuture<Void> queue(ByteBuffer first, ByteBuffer second) {
        return queue(first, second, false);
    }

    /** Queues what is written last; what others queue behind it fails. */
    void queueLast(ByteBuffer first, ByteBuffer second) {
        queue(first, second, true);
    }

    private CompletableFuture<Void> queue(ByteBuffer first, ByteBuffer second, boolean last) {
        CompletableFuture<Void> taken = outgoing.add(first, second, last);
        if (over()) {
            outgoing.fail(new ClosedChannelException());
        } else {
            ask();
        }
        return taken;
    }

    /** Nothing more is written or wanted: ends the connection when what waits is written, at the latest after a time. On the loop. */
    public void finish(Duration longest) {
        if (state == State.OPEN) {
            state = State.FINISHING;
            endIn(longest);
            turn();
        }
    }

    /** Ends the connection after a time, whatever happens. On the loop. */
    public void endIn(Duration longest) {
        if (end == null) {
            end = timer(
                    longest,
                    () -> over(new SocketTimeoutException(
                            "closing: the client did not end the connection within " + longest.toMillis() + " ms")));
        }
    }

    /** Ends the connection now; any thread. */
    public void abort() {
        if (!over()) {
            onLoop(() -> over(null));
        }
    }

    private EventLoop.@Nullable Timer timer(Duration delay, Runnable action) {
        try {
            return loop.schedule(delay, action);
        } catch (RejectedExecutionException e) {
            over(null); // The loop ends and has no timers any more.
            return null;
        }
    }

    // ---- turns

    private void turn() {
        if (turning) {
            again = true;
            return;
        }
        turning = true;
        try {
            int rounds = 0;
            do {
                again = false;
                asked.set(false);
                round();
            } while (again && ++rounds < MOST_ROUNDS);
        } finally {
            turning = false;
        }
        if (over()) {
            release();
        } else if (again) {
            later();
        }
    }

    /** Others on the loop first. */
    private void later() {
        try {
            loop.execute(turn);
        } catch (RejectedExecutionException e) {
            over(null);
        }
    }

    private void round() {
        try {
            if (!over()) {
                readOn();
            }
            boolean held = !wanted();
            if (!over() && writeOn() && ended) {
                over(null); // Both ends are closed.
            }
            if (!over()) {
                resumeReads(wanted() && !ended);
                again |= held && wanted(); // Writing has made room for more.
            }
        } catch (IOException e) {
            over(e);
        }
        outgoing.tell();
    }

    private boolean wanted() {
        return state == State.FINISHING || state == State.OPEN && owner.ready() && !outgoing.full();
    }

    private void readOn() throws IOException {
        for (int reads = 0; wanted() && !ended; reads++) {
            if (reads == MOST_READS) {
                again = true;
                break;
            }
            if (!readOnce()) {
                break;
            }
        }
        if (ended && state == State.OPEN) {
            over(new ClosedChannelException());
        }
    }

    /** Gives the owner bytes; false if there are none now. */
    private boolean readOnce() throws IOException {
        PooledByteBuffer pooled = input;
        if (pooled == null) {
            pooled = connection.buffers().allocate();
            input = pooled;
            ByteBuffer buffer = pooled.getBuffer();
            buffer.clear();
            int count = source.read(buffer);
            buffer.flip();
            if (count <= 0) {
                ended = count < 0;
                freeInput();
                return false;
            }
        }
        ByteBuffer buffer = pooled.getBuffer();
        if (state == State.FINISHING) {
            buffer.position(buffer.limit());
        } else {
            owner.read(buffer);
        }
        if (!buffer.hasRemaining()) {
            freeInput();
        }
        return true;
    }

    private void resumeReads(boolean resume) {
        if (resume != readsResumed) {
            readsResumed = resume;
            if (resume) {
                source.resumeReads();
            } else {
                source.suspendReads();
            }
        }
    }

    /** Writes what waits; true if our end is closed and nothing waits. */
    private boolean writeOn() throws IOException {
        for (ByteBuffer next; (next = filled()) != null; progress = System.nanoTime()) {
            if (sink.write(next) == 0) {
                blocked();
                return false;
            }
        }
        boolean written = sink.flush();
        if (written && state == State.FINISHING && !shut) {
            shut = true;
            sink.shutdownWrites();
            written = sink.flush();
        }
        if (written) {
            resumeWrites(false);
        } else {
            blocked();
        }
        return written && shut;
    }

    /** The output buffer with bytes to write; null, and the buffer given back, if there are none. */
    private @Nullable ByteBuffer filled() {
        PooledByteBuffer pooled = output;
        if (pooled != null && pooled.getBuffer().hasRemaining()) {
            return pooled.getBuffer();
        }
        if (outgoing.empty()) {
            freeOutput();
            return null;
        }
        if (pooled == null) {
            pooled = connection.buffers().allocate();
            output = pooled;
        }
        ByteBuffer buffer = pooled.getBuffer();
        outgoing.drainTo(buffer.clear());
        return buffer.flip();
    }

    private void blocked() {
        if (!writesResumed) {
            progress = System.nanoTime();
        }
        resumeWrites(true);
        if (stall == null && !connection.writeTimeout().isZero()) {
            stall = timer(connection.writeTimeout(), this::stalled);
        }
    }

    private void resumeWrites(boolean resume) {
        if (resume != writesResumed) {
            writesResumed = resume;
            if (resume) {
                sink.resumeWrites();
            } else {
                sink.suspendWrites();
            }
        }
    }

    private void stalled() {
        stall = null;
        if (!writesResumed || over()) {
            return;
        }
        Duration left = connection.writeTimeout().minusNanos(System.nanoTime() - progress);
        if (left.isNegative() || left.isZero()) {
            over(new SocketTimeoutException("writing: the client took nothing for "
                    + connection.writeTimeout().toMillis() + " ms"));
        } else {
            stall = timer(left, this::stalled);
        }
    }

    // ---- the end

    private void over(@Nullable IOException reason) {
        if (over()) {
            return;
        }
        state = State.OVER;
        failure = reason;
        IoUtils.safeClose(connection.channel());
        if (!turning) {
            release();
        }
    }

    /** Once, after the last turn. */
    private void release() {
        if (released) {
            return;
        }
        released = true;
        freeInput();
        freeOutput();
        cancel(stall);
        cancel(end);
        stall = null;
        end = null;
        outgoing.fail(failure == null ? new ClosedChannelException() : failure);
        owner.over(failure);
    }

    private static void cancel(EventLoop.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void freeInput() {
        if (input != null) {
            input.close();
            input = null;
        }
    }

    private void freeOutput() {
        if (output != null) {
            output.close();
            output = null;
        }
    }
}
