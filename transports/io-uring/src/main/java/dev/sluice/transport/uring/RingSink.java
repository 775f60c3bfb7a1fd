package dev.sluice.transport.uring;

import dev.sluice.transport.LoopBuffers;
import dev.sluice.transport.LoopCounters;
import dev.sluice.transport.loop.Waiters;
import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
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
final class RingSink implements StreamSinkConduit {
    private static final int DIRECT_FROM = 8 * 1024;

    private final RingConnection connection;
    private final RingSocket socket;
    private final RingLoop loop;
    private final LoopCounters counters;
    private final Waiters waiters = new Waiters();
    private final Runnable fire = this::fire;
    private final SendQueue accepted;
    private @Nullable WriteReadyHandler handler;
    private volatile boolean resumed;
    private boolean queued;
    private boolean shutdown;
    private boolean finished;
    private @Nullable IOException failure;

    RingSink(RingConnection connection, RingSocket socket, LoopBuffers buffers) {
        this.connection = connection;
        this.socket = socket;
        this.loop = socket.loop();
        this.counters = loop.loop().counters();
        this.accepted = new SendQueue(buffers);
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

    private void fire() {
        synchronized (this) {
            queued = false;
        }
        WriteReadyHandler target = handler;
        if (!resumed || target == null || !hasRoom()) {
            return;
        }
        if (isWriteShutdown()) {
            resumed = false;
            return;
        }
        target.writeReady();
        next();
    }

    private synchronized boolean hasRoom() {
        return failure != null || accepted.room() > 0;
    }

    private void next() {
        if (resumed && hasRoom()) {
            queue();
        }
    }

    private void queue() {
        synchronized (this) {
            if (queued) {
                return;
            }
            queued = true;
        }
        loop.executeAlways(fire);
    }

    synchronized void release() {
        accepted.clear();
        waiters.signalAll();
    }

    void terminated() {
        waiters.signalAll();
        WriteReadyHandler target = handler;
        if (target != null) {
            target.terminated();
        }
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
            loop.executeAlways(socket::wants);
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

    @Override
    public long transferFrom(FileChannel source, long position, long count) throws IOException {
        long moved;
        synchronized (this) {
            check();
            boolean here = loop.loop().isCurrent();
            moved = accepted.addFrom(source, position, count);
            if (here && moved > 0) {
                socket.wants();
            }
            sendDirectly(here);
        }
        connection.timeouts().writing(moved > 0);
        return moved;
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
            resumed = false;
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
        resumed = true;
        next();
    }

    @Override
    public void suspendWrites() {
        resumed = false;
    }

    @Override
    public void wakeupWrites() {
        resumed = true;
        queue();
    }

    @Override
    public boolean isWriteResumed() {
        return resumed;
    }

    @Override
    public void awaitWritable() throws IOException {
        awaitWritable(0, TimeUnit.NANOSECONDS);
    }

    @Override
    public void awaitWritable(long time, TimeUnit unit) throws IOException {
        waiters.await(loop.loop(), unit.toNanos(time), () -> isWriteShutdown() || hasRoom());
    }

    @Override
    public XnioIoThread getWriteThread() {
        return loop;
    }

    @Override
    public XnioWorker getWorker() {
        return loop.getWorker();
    }

    @Override
    public void setWriteReadyHandler(WriteReadyHandler target) {
        handler = target;
    }
}
