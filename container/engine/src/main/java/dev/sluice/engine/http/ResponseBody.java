package dev.sluice.engine.http;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSinkChannel;

/**
 * The body of a response. The first write sends the head. Nothing is buffered here: what is accepted is on its way. Usable from any one
 * thread at a time. If somebody else has answered ({@link HttpExchange#claim}), everything is accepted and dropped.
 */
public final class ResponseBody {
    private final HttpExchange exchange;
    private final HttpServerExchange undertow;
    private @Nullable StreamSinkChannel channel;
    private boolean dropped;
    private boolean last;

    ResponseBody(HttpExchange exchange, HttpServerExchange undertow) {
        this.exchange = exchange;
        this.undertow = undertow;
    }

    /**
     * Writes what the connection takes now.
     *
     * @return the number of bytes taken; 0 if the connection is full
     * @throws IOException if the client is gone
     */
    public int write(ByteBuffer source) throws IOException {
        StreamSinkChannel sink = open();
        if (sink == null) {
            return drop(source);
        }
        try {
            return source.hasRemaining() ? sink.write(source) : 0;
        } catch (IOException e) {
            exchange.failed(e);
            throw e;
        }
    }

    /**
     * Parks this thread until {@link #write} takes something.
     *
     * @throws IOException if the client takes nothing for the write timeout, or is gone
     * @throws IllegalStateException on the loop's own thread, which must never wait
     */
    public void awaitWritable() throws IOException {
        if (dropped) {
            return;
        }
        if (Thread.currentThread() instanceof XnioIoThread) {
            throw new IllegalStateException("waiting for the client on the loop "
                    + Thread.currentThread().getName()
                    + " (expected: a lane that may block; a non-blocking handler must write with a listener)");
        }
        Parking parking = new Parking();
        onWritable(parking);
        parking.await(0, "write the response");
        if (!undertow.getConnection().isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /** Runs the action once, on the loop, when {@link #write} takes something or fails. Replaces one that has not run yet. */
    public void onWritable(Runnable action) {
        StreamSinkChannel sink = open();
        if (sink == null || !sink.isOpen()) {
            undertow.getIoThread().execute(action);
            return;
        }
        Waiting waiting = waiting(action);
        sink.getWriteSetter().set(ready -> {
            ready.suspendWrites();
            ready.getWriteSetter().set(null);
            ready.getCloseSetter().set(null);
            waiting.ready();
        });
        sink.getCloseSetter().set(closed -> waiting.ready());
        sink.resumeWrites();
    }

    /**
     * Sends the head if that has not happened, and pushes what was written towards the client.
     *
     * @return true if nothing is left behind; otherwise {@link #awaitWritable} and flush again
     */
    public boolean flush() throws IOException {
        StreamSinkChannel sink = open();
        if (sink == null) {
            return true;
        }
        try {
            return sink.flush();
        } catch (IOException e) {
            exchange.failed(e);
            throw e;
        }
    }

    /**
     * Completes the response with these bytes, head and body in one write where that is possible, without blocking. The buffer belongs to
     * the exchange until {@link HttpExchange#onComplete}.
     */
    public void writeLast(ByteBuffer source) throws IOException {
        if (last) {
            throw new IllegalStateException("writing to a response that is complete: " + exchange);
        }
        if (channel == null && !exchange.committed()) {
            exchange.lengthIfUnknown(source.remaining());
            exchange.completion().readRequestFirst();
        }
        last = true;
        if (!exchange.takeEnd() || !exchange.commit()) {
            drop(source);
        } else if (exchange.loop().isCurrent()) {
            // Behind the mounted thread: what Undertow does on its own thread costs less.
            exchange.loop().soon(() -> finishQuietly(source));
        } else {
            StreamSinkChannel sink = open();
            if (sink == null || writeAll(sink, source)) {
                exchange.completion().finish(sink);
            }
        }
    }

    private void finishQuietly(ByteBuffer source) {
        StreamSinkChannel sink = open();
        if (sink == null) {
            exchange.completion().finish(null);
        } else {
            finish(sink, source);
        }
    }

    /** Writes the end of a response for which nobody waits. */
    void finish(StreamSinkChannel sink, ByteBuffer source) {
        try {
            if (writeAll(sink, source)) {
                exchange.completion().finish(sink);
            }
        } catch (IOException e) {
            exchange.abort(); // The cause is kept in the exchange.
        }
    }

    /** False if the connection is full: then the rest goes on by itself. */
    private boolean writeAll(StreamSinkChannel sink, ByteBuffer source) throws IOException {
        try {
            while (source.hasRemaining()) {
                if (sink.writeFinal(source) == 0) {
                    continueOnLoop(sink, source);
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            exchange.failed(e);
            throw e;
        }
    }

    /** A client that takes nothing for the write timeout loses its connection. */
    private Waiting waiting(Runnable action) {
        return new Waiting(exchange.loop(), exchange.options().writeTimeout(), action, () -> {
            exchange.failed(new SocketTimeoutException("response: the client took nothing for "
                    + exchange.options().writeTimeout().toMillis() + " ms"));
            exchange.abort();
        });
    }

    private void continueOnLoop(StreamSinkChannel sink, ByteBuffer source) {
        Waiting waiting = waiting(() -> {
            sink.getWriteSetter().set(null);
            finish(sink, source);
        });
        sink.getWriteSetter().set(ready -> {
            ready.suspendWrites();
            waiting.ready();
        });
        sink.resumeWrites();
    }

    /**
     * Sends a part of a file, parking while the client is slow; without a copy where the transport can. Moves the channel's position.
     *
     * @throws IOException if the file is shorter or the client is gone
     */
    public void transferFrom(FileChannel file, long position, long count) throws IOException {
        StreamSinkChannel sink = open();
        if (sink == null) {
            return;
        }
        long at = position;
        long end = position + count;
        try {
            while (at < end) {
                // With the head still to be sent, Undertow reads from the channel's own position.
                file.position(at);
                long moved = sink.transferFrom(file, at, end - at);
                if (moved > 0) {
                    at += moved;
                } else if (at >= file.size()) {
                    throw new IOException("file ended at " + file.size() + " (expected: " + end
                            + " bytes; was it cut while it was sent?)");
                } else {
                    awaitWritable();
                }
            }
        } catch (IOException e) {
            exchange.failed(e);
            throw e;
        }
    }

    /** Completes the response; the same as {@link HttpExchange#end}. */
    public void end() {
        last = true;
        exchange.end();
    }

    /** The channel, with the head committed; null if somebody else has answered. */
    private @Nullable StreamSinkChannel open() {
        StreamSinkChannel sink = channel;
        if (sink == null && !dropped) {
            if (exchange.commit()) {
                sink = undertow.getResponseChannel();
                channel = sink;
            }
            dropped = sink == null;
        }
        return sink;
    }

    private static int drop(ByteBuffer source) {
        int count = source.remaining();
        source.position(source.limit());
        return count;
    }

    /** The channel if the head was sent by the application. */
    @Nullable
    StreamSinkChannel channel() {
        return channel;
    }
}
