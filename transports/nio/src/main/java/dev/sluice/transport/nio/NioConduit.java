package dev.sluice.transport.nio;

import dev.sluice.transport.LoopCounters;
import dev.sluice.transport.loop.Waiters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.Buffers;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;
import org.xnio.conduits.WriteReadyHandler;

/**
 * Both sides of a connection. What is resumed is remembered apart from the key's interest, because a waiting thread needs the interest too.
 * Reading, writing, resuming and closing may come from any thread; the handlers are called on the loop.
 */
final class NioConduit implements StreamSourceConduit, StreamSinkConduit {
    private static final System.Logger LOG = System.getLogger(NioConduit.class.getName());

    private final NioConnection connection;
    private final SelectorLoop loop;
    private final SelectionKey key;
    private final SocketChannel channel;
    private final LoopCounters counters;
    private final Waiters readers = new Waiters();
    private final Waiters writers = new Waiters();
    private @Nullable ReadReadyHandler readHandler;
    private @Nullable WriteReadyHandler writeHandler;
    private volatile boolean readResumed;
    private volatile boolean writeResumed;

    NioConduit(NioConnection connection, SelectorLoop loop, SelectionKey key, SocketChannel channel) {
        this.connection = connection;
        this.loop = loop;
        this.key = key;
        this.channel = channel;
        this.counters = loop.loop().counters();
    }

    void ready(int operations) {
        if ((operations & SelectionKey.OP_READ) != 0) {
            readers.signalAll();
            readReady();
        }
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            writers.signalAll();
            writeReady();
        }
    }

    private void readReady() {
        ReadReadyHandler handler = readHandler;
        if (handler == null || isReadShutdown()) {
            readResumed = false;
        }
        if (!readResumed || handler == null) {
            loseInterest(SelectionKey.OP_READ, readers);
        } else {
            handler.readReady();
        }
    }

    private void writeReady() {
        WriteReadyHandler handler = writeHandler;
        if (handler == null || isWriteShutdown()) {
            writeResumed = false;
        }
        if (!writeResumed || handler == null) {
            loseInterest(SelectionKey.OP_WRITE, writers);
        } else {
            handler.writeReady();
        }
    }

    /** Another thread may resume or begin to wait at this moment: what it asked for must not be taken away. */
    private void loseInterest(int operation, Waiters waiters) {
        loop.interest(key, operation, false);
        boolean resumed = operation == SelectionKey.OP_READ ? readResumed : writeResumed;
        if (connection.isOpen() && (resumed || !waiters.isEmpty())) {
            loop.interest(key, operation, true);
        }
    }

    @Override
    public XnioWorker getWorker() {
        return loop.getWorker();
    }

    void closed() {
        readers.signalAll();
        writers.signalAll();
    }

    // reading

    private long received(long count) throws IOException {
        if (count == -1) {
            terminateReads();
            return -1;
        }
        if (count > 0) {
            counters.bytesRead(count);
        }
        connection.timeouts().reading(count > 0);
        return count;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (isReadShutdown()) {
            return -1;
        }
        int count;
        try {
            count = channel.read(target);
        } catch (ClosedChannelException e) {
            return -1;
        }
        return (int) received(count);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        if (isReadShutdown()) {
            return -1;
        }
        long count;
        try {
            count = channel.read(targets, offset, length);
        } catch (ClosedChannelException e) {
            return -1;
        }
        return received(count);
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        long moved = target.transferFrom(channel, position, count);
        if (moved > 0) {
            counters.bytesRead(moved);
        }
        connection.timeouts().reading(moved > 0);
        return moved;
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
        return Conduits.transfer(this, count, through, target);
    }

    @Override
    public void terminateReads() throws IOException {
        if (connection.endReads()) {
            suspendReads();
            try {
                if (channel.isOpen()) {
                    channel.shutdownInput();
                }
            } catch (IOException e) {
                LOG.log(System.Logger.Level.TRACE, "the peer was gone before the read side was shut down", e);
            } finally {
                readTerminated();
            }
        }
    }

    void readTerminated() {
        readers.signalAll();
        ReadReadyHandler handler = readHandler;
        if (handler != null) {
            handler.terminated();
        }
    }

    @Override
    public boolean isReadShutdown() {
        return connection.isReadShutdown();
    }

    @Override
    public void resumeReads() {
        readResumed = true;
        loop.interest(key, SelectionKey.OP_READ, true);
    }

    @Override
    public void suspendReads() {
        readResumed = false;
        loseInterest(SelectionKey.OP_READ, readers);
    }

    @Override
    public void wakeupReads() {
        resumeReads();
        loop.executeAlways(this::readReady);
    }

    @Override
    public boolean isReadResumed() {
        return readResumed;
    }

    @Override
    public void awaitReadable() throws IOException {
        awaitReadable(0, TimeUnit.NANOSECONDS);
    }

    @Override
    public void awaitReadable(long time, TimeUnit unit) throws IOException {
        readers.await(loop.loop(), unit.toNanos(time), () -> {
            loop.interest(key, SelectionKey.OP_READ, true);
            return isReadShutdown();
        });
    }

    @Override
    public XnioIoThread getReadThread() {
        return loop;
    }

    @Override
    public void setReadReadyHandler(ReadReadyHandler handler) {
        readHandler = handler;
    }

    // writing

    private long sent(long count) throws IOException {
        if (count > 0) {
            counters.bytesWritten(count);
        }
        connection.timeouts().writing(count > 0);
        return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (!source.isDirect() && loop.loop().enter()) {
            try {
                if (loop.gather().fits(source.remaining())) {
                    return (int) sent(loop.gather().write(channel, source));
                }
            } finally {
                loop.loop().leave();
            }
        }
        return (int) sent(channel.write(source));
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        if (length == 1) {
            return write(sources[offset]);
        }
        if (loop.loop().enter()) {
            try {
                if (loop.gather().fits(Buffers.remaining(sources, offset, length))) {
                    return sent(loop.gather().write(channel, sources, offset, length));
                }
            } finally {
                loop.loop().leave();
            }
        }
        return sent(channel.write(sources, offset, length));
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
        return sent(source.transferTo(position, count, channel));
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer through) throws IOException {
        return Conduits.transfer(source, count, through, this);
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public void terminateWrites() throws IOException {
        if (connection.endWrites()) {
            suspendWrites();
            try {
                if (channel.isOpen()) {
                    channel.shutdownOutput();
                }
            } catch (IOException e) {
                LOG.log(System.Logger.Level.TRACE, "the peer was gone before the write side was shut down", e);
            } finally {
                writeTerminated();
            }
        }
    }

    @Override
    public void truncateWrites() throws IOException {
        terminateWrites();
    }

    void writeTerminated() {
        writers.signalAll();
        WriteReadyHandler handler = writeHandler;
        if (handler != null) {
            handler.terminated();
        }
    }

    @Override
    public boolean isWriteShutdown() {
        return connection.isWriteShutdown();
    }

    @Override
    public void resumeWrites() {
        writeResumed = true;
        loop.interest(key, SelectionKey.OP_WRITE, true);
    }

    @Override
    public void suspendWrites() {
        writeResumed = false;
        loseInterest(SelectionKey.OP_WRITE, writers);
    }

    @Override
    public void wakeupWrites() {
        resumeWrites();
        loop.executeAlways(this::writeReady);
    }

    @Override
    public boolean isWriteResumed() {
        return writeResumed;
    }

    @Override
    public void awaitWritable() throws IOException {
        awaitWritable(0, TimeUnit.NANOSECONDS);
    }

    @Override
    public void awaitWritable(long time, TimeUnit unit) throws IOException {
        writers.await(loop.loop(), unit.toNanos(time), () -> {
            loop.interest(key, SelectionKey.OP_WRITE, true);
            return isWriteShutdown();
        });
    }

    @Override
    public XnioIoThread getWriteThread() {
        return loop;
    }

    @Override
    public void setWriteReadyHandler(WriteReadyHandler handler) {
        writeHandler = handler;
    }
}
