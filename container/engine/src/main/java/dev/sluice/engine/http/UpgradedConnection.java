package dev.sluice.engine.http;

import io.undertow.connector.ByteBufferPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * A connection that has left HTTP after {@code 101 Switching Protocols}. One thread may read while another writes. Waits park.
 */
public final class UpgradedConnection implements AutoCloseable {
    private final StreamConnection connection;
    private final EventLoop loop;
    private final ByteBufferPool buffers;
    private final ConduitStreamSourceChannel source;
    private final ConduitStreamSinkChannel sink;
    private volatile Duration readTimeout = Duration.ZERO;
    private volatile Duration writeTimeout;

    UpgradedConnection(StreamConnection connection, EventLoop loop, ByteBufferPool buffers, Duration writeTimeout) {
        this.connection = connection;
        this.loop = loop;
        this.buffers = buffers;
        this.writeTimeout = writeTimeout;
        this.source = connection.getSourceChannel();
        this.sink = connection.getSinkChannel();
    }

    /** The connection itself, for the protocols in the packages below this one; who takes it uses nothing else of this object. */
    public StreamConnection channel() {
        return connection;
    }

    /** The loop that the connection belongs to. */
    public EventLoop loop() {
        return loop;
    }

    /** The pool of the buffers of this connection; for the same. */
    public ByteBufferPool buffers() {
        return buffers;
    }

    /** Reads what is there: at least 1, 0 if there is nothing now, -1 at the end. */
    public int read(ByteBuffer target) throws IOException {
        return source.read(target);
    }

    /** Writes what the connection takes now; 0 if it is full. */
    public int write(ByteBuffer bytes) throws IOException {
        return sink.write(bytes);
    }

    /** True if everything written has been handed to the kernel. */
    public boolean flush() throws IOException {
        return sink.flush();
    }

    /** Parks until {@link #read} has something to return. */
    public void awaitReadable() throws IOException {
        refuseLoop();
        Parking parking = new Parking();
        onReadable(parking);
        parking.await(readTimeout.toNanos(), "read the upgraded connection");
        requireOpen();
    }

    /** Parks until {@link #write} takes something. */
    public void awaitWritable() throws IOException {
        refuseLoop();
        Parking parking = new Parking();
        onWritable(parking);
        parking.await(writeTimeout.toNanos(), "write the upgraded connection");
        requireOpen();
    }

    /** Runs the action once, on the loop, when {@link #read} has something to return. */
    public void onReadable(Runnable action) {
        if (!source.isOpen()) {
            connection.getIoThread().execute(action);
            return;
        }
        source.setReadListener(ready -> {
            ready.suspendReads();
            ready.setReadListener(null);
            ready.setCloseListener(null);
            action.run();
        });
        source.setCloseListener(closed -> action.run());
        // Bytes that came with the request's head are buffered above the socket, which would stay silent about them.
        source.wakeupReads();
    }

    /** Runs the action once, on the loop, when {@link #write} takes something or fails. */
    public void onWritable(Runnable action) {
        if (!sink.isOpen()) {
            connection.getIoThread().execute(action);
            return;
        }
        sink.setWriteListener(ready -> {
            ready.suspendWrites();
            ready.setWriteListener(null);
            ready.setCloseListener(null);
            action.run();
        });
        sink.setCloseListener(closed -> action.run());
        sink.resumeWrites();
    }

    /** Longest wait for the client's bytes; zero, the default, waits without end. */
    public void readTimeout(Duration time) {
        readTimeout = time;
    }

    /** Longest wait for the client to take bytes; that of the listener by default. */
    public void writeTimeout(Duration time) {
        writeTimeout = time;
    }

    /** Longest wait for the client to take bytes; zero for no limit. */
    public Duration writeTimeout() {
        return writeTimeout;
    }

    /** Ends our side; the client may still send. */
    public void shutdownOutput() throws IOException {
        sink.shutdownWrites();
        if (!sink.flush()) {
            sink.setWriteListener(ready -> {
                try {
                    if (ready.flush()) {
                        ready.suspendWrites();
                    }
                } catch (IOException e) {
                    IoUtils.safeClose(connection);
                }
            });
            sink.resumeWrites();
        }
    }

    /** Whether neither side has closed the connection. */
    public boolean open() {
        return connection.isOpen();
    }

    /** Runs the action once when the connection is closed by either side. */
    public void onClose(Runnable action) {
        AtomicBoolean once = new AtomicBoolean();
        Runnable first = () -> {
            if (once.compareAndSet(false, true)) {
                action.run();
            }
        };
        connection.setCloseListener(closed -> first.run()); // Besides those who wait for it already.
        if (!connection.isOpen()) {
            connection.getIoThread().execute(first);
        }
    }

    /** Closes both directions. */
    @Override
    public void close() {
        IoUtils.safeClose(connection);
    }

    private void requireOpen() throws ClosedChannelException {
        if (!connection.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    private static void refuseLoop() {
        if (Thread.currentThread() instanceof XnioIoThread) {
            throw new IllegalStateException("waiting for an upgraded connection on the loop "
                    + Thread.currentThread().getName() + " (expected: a lane that may block)");
        }
    }
}
