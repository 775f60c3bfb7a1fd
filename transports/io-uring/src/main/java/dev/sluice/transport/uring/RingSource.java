package dev.sluice.transport.uring;

import dev.sluice.transport.LoopBuffers;
import io.netty.channel.unix.Errors;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/**
 * The receiving side. One small receive is armed ahead; what it brought is kept until it is read, so a suspended reader holds at most one
 * buffer. If it was filled, more is probably waiting and the next reads take it directly into their destination, until nothing is left and
 * a receive is armed again. Never are both under way. The fields are guarded by this object; submitting happens on the loop.
 */
final class RingSource extends RingSide<ReadReadyHandler> implements StreamSourceConduit {
    private static final int EINTR = 4;

    private final LoopBuffers buffers;
    private final SmallBuffers.Small buffer;
    private boolean wanted; // a receive shall be submitted at the end of the turn
    private boolean armed;
    private boolean perhapsMore;
    private boolean received; // the first bytes are often there when the connection is
    private boolean ended;
    private boolean released;
    private @Nullable IOException failure;

    /**
     * A source that nothing was received from.
     *
     * @param buffers outside the heap, for what goes into the heap
     */
    RingSource(RingConnection connection, RingSocket socket, LoopBuffers buffers) {
        super(connection, socket);
        this.buffers = buffers;
        this.buffer = loop.smallBuffers().take();
        this.buffer.bytes().limit(0);
    }

    // on the loop

    private synchronized boolean hasSomething() {
        return released || ended || failure != null || buffer.bytes().hasRemaining();
    }

    /** Arms a receive unless something is there already; on the loop. */
    private synchronized void arm() {
        if (!armed && !wanted && !hasSomething() && socket.isUsable()) {
            wanted = true;
            socket.wants();
        }
    }

    synchronized void submitNow() {
        if (wanted && !armed && !hasSomething()) {
            armed = true;
            buffer.bytes().clear();
            buffer.bytes().limit(0);
            socket.receive(buffer.address(), SmallBuffers.SIZE, received && !perhapsMore);
        }
        wanted = false;
    }

    void received(int result) {
        synchronized (this) {
            armed = false;
            if (result > 0) {
                received = true;
                buffer.bytes().position(0).limit(result);
                perhapsMore = result == SmallBuffers.SIZE;
                counters.bytesRead(result);
            } else if (result == 0) {
                ended = true;
            } else if (result == Errors.ERRNO_EAGAIN_NEGATIVE || result == -EINTR) {
                arm();
                return;
            } else if (result != -RingSocket.ECANCELED) {
                failure = Errors.newIOException("receiving", result);
            }
        }
        waiters.signalAll();
        fire();
    }

    @Override
    boolean ready() {
        return hasSomething();
    }

    @Override
    boolean over() {
        return isReadShutdown();
    }

    @Override
    void tell(ReadReadyHandler target) {
        target.readReady();
    }

    @Override
    void idle() {
        arm();
    }

    void release() {
        synchronized (this) {
            released = true;
        }
        loop.smallBuffers().giveBack(buffer);
        waiters.signalAll();
    }

    // from any thread

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (isReadShutdown()) {
            return -1;
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        int count = readOnce(target);
        if (count < 0) {
            terminateReads();
            return -1;
        }
        connection.timeouts().reading(count > 0);
        return count;
    }

    private synchronized int readOnce(ByteBuffer target) throws IOException {
        if (released) {
            return -1; // the buffer serves another connection by now
        }
        ByteBuffer kept = buffer.bytes();
        if (kept.hasRemaining()) {
            int count = Math.min(kept.remaining(), target.remaining());
            target.put(target.position(), kept, kept.position(), count);
            target.position(target.position() + count);
            kept.position(kept.position() + count);
            if (!kept.hasRemaining() && !perhapsMore && loop.loop().isCurrent()) {
                arm();
            }
            return count;
        }
        IOException failed = failure;
        if (failed != null) {
            throw new IOException(failed.getMessage(), failed);
        }
        if (ended) {
            return -1;
        }
        if (armed || (wanted && !perhapsMore)) {
            return 0;
        }
        boolean here = loop.loop().isCurrent();
        if (here && !perhapsMore) {
            arm();
            return 0;
        }
        return receiveDirectly(target, here);
    }

    private int receiveDirectly(ByteBuffer target, boolean here) throws IOException {
        int asked = target.remaining();
        int count;
        if (target.isDirect()) {
            count = socket.receiveNow(target);
        } else if (asked > SmallBuffers.SIZE) {
            try (PooledByteBuffer lease = buffers.allocate()) {
                ByteBuffer through = lease.getBuffer();
                asked = Math.min(asked, through.remaining());
                count = socket.receiveNow(through.limit(asked));
                target.put(through.flip());
            }
        } else {
            // Nothing is armed, so the armed receive's buffer is free for a moment.
            ByteBuffer kept = buffer.bytes();
            kept.clear();
            asked = SmallBuffers.SIZE;
            count = socket.receiveNow(kept);
            kept.flip();
            if (count > 0) {
                counters.bytesRead(count);
                perhapsMore = count == asked;
                return readOnce(target);
            }
        }
        perhapsMore = count == asked;
        if (count > 0) {
            counters.bytesRead(count);
        } else if (count < 0) {
            ended = true;
        } else if (here) {
            arm();
        }
        return count;
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            while (targets[i].hasRemaining()) {
                int count = read(targets[i]);
                if (count <= 0) {
                    return total == 0 ? count : total;
                }
                total += count;
            }
        }
        return total;
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        ByteBuffer through = ByteBuffer.allocate((int) Math.min(count, 16 * 1024));
        int received = read(through);
        if (received <= 0) {
            return received;
        }
        through.flip();
        long at = position;
        while (through.hasRemaining()) {
            at += target.write(through, at);
        }
        return received;
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
        return Conduits.transfer(this, count, through, target);
    }

    @Override
    public void terminateReads() throws IOException {
        if (connection.endReads()) {
            resume(false);
            if (connection.isOpen()) {
                socket.shutdownInput();
            }
            terminated();
        }
    }

    @Override
    public boolean isReadShutdown() {
        return connection.isReadShutdown();
    }

    @Override
    public void resumeReads() {
        resume(true);
        if (loop.loop().isCurrent()) {
            next();
        } else {
            loop.executeAlways(this::next);
        }
    }

    @Override
    public void suspendReads() {
        resume(false);
    }

    @Override
    public void wakeupReads() {
        wakeUp();
    }

    @Override
    public boolean isReadResumed() {
        return isResumed();
    }

    @Override
    public void awaitReadable() throws IOException {
        awaitReadable(0, TimeUnit.NANOSECONDS);
    }

    @Override
    public void awaitReadable(long time, TimeUnit unit) throws IOException {
        await(time, unit, () -> loop.executeAlways(this::arm));
    }

    @Override
    public XnioIoThread getReadThread() {
        return thread();
    }

    @Override
    public void setReadReadyHandler(ReadReadyHandler target) {
        handle(target);
    }
}
