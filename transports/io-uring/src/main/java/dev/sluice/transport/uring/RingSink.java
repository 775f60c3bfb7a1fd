package dev.sluice.transport.uring;

import dev.sluice.transport.LoopBuffers;
import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.WriteReadyHandler;

/**
 * The sending side. A small write on the loop is copied and leaves with the turn's other submissions; a large one, and any write of another
 * thread, is tried directly first if nothing is ahead of it. What the kernel does not take is copied up to a watermark and sent by the ring;
 * beyond it writes return 0, and the handler is called when there is room again. Copied bytes count as written: an error that hits them
 * later comes out of the next write. The fields are guarded by this object; submitting happens on the loop.
 */
final class RingSink extends RingSide<WriteReadyHandler> implements StreamSinkConduit {
    private static final int DIRECT_FROM = 8 * 1024;

    private final SendQueue accepted;
    private final FileSender files;
    private boolean shutdown;
    private boolean finished;
    private @Nullable IOException failure;

    RingSink(RingConnection connection, RingSocket socket, LoopBuffers buffers, FileSender files) {
        super(connection, socket);
        this.accepted = new SendQueue(buffers);
        this.files = files;
    }

    // on the loop

    synchronized boolean hasAccepted() {
        return !accepted.isEmpty();
    }

    synchronized void submitNow() {
        accepted.submit(socket);
    }

    void sent(int result) {
        synchronized (this) {
            if (result >= 0) {
                counters.bytesWritten(result);
                accepted.sent(result);
            } else if (result != Errors.ERRNO_EAGAIN_NEGATIVE) {
                failure = Errors.newIOException("sending", result);
                accepted.clear();
            } else {
                accepted.sent(0);
            }
            if (!accepted.isEmpty()) {
                socket.wants();
            } else if (shutdown && !finished) {
                finished = true;
                socket.shutdownOutput();
            }
        }
        waiters.signalAll();
        fire();
    }

    @Override
    synchronized boolean ready() {
        return failure != null || accepted.room() > 0;
    }

    @Override
    boolean over() {
        return isWriteShutdown();
    }

    @Override
    void tell(WriteReadyHandler target) {
        if (ready()) {
            target.writeReady();
        }
    }

    synchronized void release() {
        accepted.clear();
        waiters.signalAll();
    }

    // from any thread

    private void check() throws IOException {
        IOException failed = failure;
        if (failed != null) {
            throw new IOException(failed.getMessage(), failed);
        }
        if (shutdown || isWriteShutdown()) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count;
        synchronized (this) {
            check();
            boolean here = loop.loop().isCurrent();
            count = take(source, source.remaining() >= DIRECT_FROM, here);
            sendDirectly(here);
        }
        connection.timeouts().writing(count > 0);
        return count;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long total = 0;
        synchronized (this) {
            check();
            boolean here = loop.loop().isCurrent();
            for (int i = offset; i < offset + length; i++) {
                total += take(sources[i], sources[i].remaining() >= DIRECT_FROM, here);
                if (sources[i].hasRemaining()) {
                    break;
                }
            }
            sendDirectly(here);
        }
        connection.timeouts().writing(total > 0);
        return total;
    }

    /** Sends a large buffer past the queue if that is empty, and copies what is left as far as there is room. */
    private int take(ByteBuffer source, boolean large, boolean here) throws IOException {
        int before = source.remaining();
        if (large && source.isDirect() && accepted.isEmpty()) {
            counters.bytesWritten(socket.sendNow(source));
        }
        if (source.hasRemaining() && accepted.add(source) && here) {
            socket.wants();
        }
        return before - source.remaining();
    }

    /** Another thread sends what it has just copied itself, and leaves to the loop only what the kernel does not take. */
    private void sendDirectly(boolean here) throws IOException {
        if (here || accepted.isEmpty()) {
            return;
        }
        counters.bytesWritten(accepted.sendNow(socket));
        if (accepted.needsSubmission()) {
            submitSoon(false);
        }
    }

    @Override
    public int writeFinal(ByteBuffer source) throws IOException {
        return Conduits.writeFinalBasic(this, source);
    }

    @Override
    public long writeFinal(ByteBuffer[] sources, int offset, int length) throws IOException {
        return Conduits.writeFinalBasic(this, sources, offset, length);
    }

    /** Sends what is ahead, then of the file what the kernel takes now: bytes of a file are never queued. */
    @Override
    public long transferFrom(FileChannel source, long position, long count) throws IOException {
        long moved;
        synchronized (this) {
            check();
            boolean here = loop.loop().isCurrent();
            counters.bytesWritten(accepted.sendNow(socket));
            moved = accepted.isEmpty() ? socket.sendNow(files, source, position, count) : FileSender.FULL;
            if (moved > 0) {
                counters.bytesWritten(moved);
            } else if (moved == FileSender.FULL) {
                moved = 0;
                accepted.full();
                submitSoon(here);
            }
        }
        connection.timeouts().writing(moved > 0);
        return moved;
    }

    private void submitSoon(boolean here) {
        if (here) {
            socket.wants();
        } else {
            loop.executeAlways(socket::wants);
        }
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer through) throws IOException {
        return Conduits.transfer(source, count, through, this);
    }

    @Override
    public boolean flush() throws IOException {
        IOException failed;
        synchronized (this) {
            failed = failure;
        }
        if (failed != null) {
            throw new IOException(failed.getMessage(), failed);
        }
        return true;
    }

    @Override
    public void terminateWrites() throws IOException {
        if (connection.endWrites()) {
            resume(false);
            synchronized (this) {
                shutdown = true;
                if (accepted.isEmpty() && !finished && connection.isOpen()) {
                    finished = true;
                    socket.shutdownOutput();
                }
            }
            terminated();
        }
    }

    @Override
    public void truncateWrites() throws IOException {
        terminateWrites();
    }

    @Override
    public boolean isWriteShutdown() {
        return connection.isWriteShutdown();
    }

    @Override
    public void resumeWrites() {
        resume(true);
        next();
    }

    @Override
    public void suspendWrites() {
        resume(false);
    }

    @Override
    public void wakeupWrites() {
        wakeUp();
    }

    @Override
    public boolean isWriteResumed() {
        return isResumed();
    }

    @Override
    public void awaitWritable() throws IOException {
        awaitWritable(0, TimeUnit.NANOSECONDS);
    }

    @Override
    public void awaitWritable(long time, TimeUnit unit) throws IOException {
        await(time, unit, () -> {});
    }

    @Override
    public XnioIoThread getWriteThread() {
        return thread();
    }

    @Override
    public void setWriteReadyHandler(WriteReadyHandler target) {
        handle(target);
    }
}
