package dev.sluice.engine.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response as a stream, with the response's buffer (Servlet 6.1, 5.1 and 5.5).
 *
 * <p>Without a listener a write that does not fit parks the thread until the client has taken it. With a listener nothing waits: what
 * is not accepted is kept here, {@link #isReady()} is false, and {@code onWritePossible} follows when it has gone:
 *
 * <pre>
 *  READY ---a write or flush is not accepted whole---> PENDING ---accepted---> READY
 *                                                         |  (onWritePossible if isReady() was asked meanwhile)
 *                                                         +---fails---> FAILED (onError, once)
 * </pre>
 *
 * One thread at a time.
 */
public final class ResponseOutput extends ServletOutputStream {
    private static final int FIRST_ALLOCATION = 512;
    private static final byte[] NOTHING = {};

    private final ByteSink body;
    private final ResponseHead head;
    private final CallbackLane lane;
    private int bufferSize;
    private byte[] buffer = NOTHING;
    private int count;
    private long written;
    private long limit = -1;
    private boolean committed;
    private boolean closed;
    private boolean discarding;
    private boolean suspended;
    private boolean eager;

    private @Nullable WriteListener listener;
    private ByteBuffer pending = ByteBuffer.wrap(NOTHING);
    private boolean callbackDue;
    private boolean failed;

    /**
     * The stream over a body.
     *
     * @param bufferSize in bytes; the buffer grows to it as it is filled
     * @param head made final before the first byte
     */
    public ResponseOutput(ByteSink body, int bufferSize, ResponseHead head, CallbackLane lane) {
        this.body = body;
        this.bufferSize = bufferSize;
        this.head = head;
        this.lane = lane;
    }

    /** The stream over an upgraded connection: there is no head, and every write goes out at once. */
    public static ResponseOutput unbuffered(ByteSink body, int bufferSize, CallbackLane lane) {
        ResponseOutput output = new ResponseOutput(body, bufferSize, complete -> {}, lane);
        output.eager = true;
        return output;
    }

    @Override
    public void write(int value) throws IOException {
        if (accepts(1) == 0) {
            return;
        }
        if (count == bufferSize) {
            drainBuffer();
        }
        reserve(count + 1);
        buffer[count++] = (byte) value;
        wrote(1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        int accepted = accepts(length);
        if (accepted == 0) {
            return;
        }
        if (accepted <= bufferSize - count) {
            reserve(count + accepted);
            System.arraycopy(source, offset, buffer, count, accepted);
            count += accepted;
        } else {
            writeThrough(source, offset, accepted);
        }
        wrote(accepted);
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        int length = source.remaining();
        if (source.hasArray()) {
            write(source.array(), source.arrayOffset() + source.position(), length);
            source.position(source.limit());
        } else {
            byte[] copy = new byte[length];
            source.get(copy);
            write(copy, 0, length);
        }
    }

    /** Sends a part of a file without copying it through the buffer; waits until it is accepted. */
    public void transferFrom(FileChannel file, long position, long length) throws IOException {
        checkReady();
        if (closed || suspended || length <= 0) {
            return;
        }
        drainBuffer();
        commit(-1);
        if (!discarding) {
            body.transferFrom(file, position, length);
        }
        wrote(length);
    }

    @Override
    public void flush() throws IOException {
        if (closed || suspended) {
            return;
        }
        checkReady();
        drainBuffer();
        commit(-1);
        if (!discarding) {
            body.flush();
        }
    }

    /** Ends the response; what is buffered goes out first, head and body in one write if nothing was sent yet. */
    @Override
    public void close() throws IOException {
        if (closed || suspended) {
            return;
        }
        closed = true;
        if (!committed) {
            closeAtOnce();
        } else if (listener != null && (count > 0 || pending.hasRemaining())) {
            drainBuffer();
            closeWhenDrained();
        } else {
            drainBuffer();
            body.end();
        }
    }

    private void closeAtOnce() throws IOException {
        commit(written);
        if (discarding || count == 0) {
            body.end();
        } else {
            body.writeLast(ByteBuffer.wrap(buffer, 0, count));
        }
        count = 0;
        buffer = NOTHING; // writeLast keeps the array until it is sent
    }

    private void closeWhenDrained() throws IOException {
        if (pending.hasRemaining()) {
            body.onWritable(this::resume);
        } else {
            body.end();
        }
    }

    /** Ends the response from the container, when the application is done: waits for what a non-blocking writer left behind. */
    public void finish() throws IOException {
        suspended = false;
        if (pending.hasRemaining()) {
            ByteBuffer rest = pending;
            while (rest.hasRemaining()) {
                if (body.write(rest) == 0) {
                    body.awaitWritable();
                }
            }
            if (closed) {
                body.end();
            }
        }
        listener = null;
        close();
    }

    @Override
    public boolean isReady() {
        if (listener == null) {
            return true;
        }
        if (pending.hasRemaining() && !failed) {
            if (!callbackDue) {
                callbackDue = true;
                body.onWritable(this::resume);
            }
            return false;
        }
        return !failed && !callbackDue;
    }

    @Override
    public void setWriteListener(WriteListener writeListener) {
        Objects.requireNonNull(writeListener, "writeListener");
        if (listener != null) {
            throw new IllegalStateException("A WriteListener is set already (expected: one for a response)");
        }
        if (!lane.nonBlockingAllowed()) {
            throw new IllegalStateException(
                    "A WriteListener needs asynchronous mode: call startAsync() first, or upgrade the connection");
        }
        listener = writeListener;
        callbackDue = true;
        lane.run(this::drive);
    }

    /** True if a listener was set. */
    public boolean nonBlocking() {
        return listener != null;
    }

    /** Tells the listener about a failure from outside, such as a lost connection; at most once. */
    public void fail(IOException cause) {
        lane.run(() -> failNow(cause));
    }

    /** The head is out or on its way. */
    public boolean committed() {
        return committed;
    }

    /** No more is taken. */
    public boolean closed() {
        return closed;
    }

    /** The bytes that the application has written since the last reset. */
    public long written() {
        return written;
    }

    /** The size of the buffer in bytes. */
    public int bufferSize() {
        return bufferSize;
    }

    /**
     * Changes the size of the buffer.
     *
     * @throws IllegalStateException if something was written
     */
    public void bufferSize(int size) {
        if (written > 0 || committed) {
            throw new IllegalStateException(
                    "setBufferSize(" + size + ") after content has been written (expected: before the first write)");
        }
        bufferSize = Math.max(size, 1);
    }

    /** Forgets what is buffered; for a response that is not committed. */
    public void resetBuffer() {
        count = 0;
        written = 0;
    }

    /** The declared Content-Length: when so many bytes are written, the response is closed (Servlet 6.1, 5.7); negative: none. */
    public void limit(long contentLength) {
        limit = contentLength;
    }

    /** The answer has no body (HEAD, 204, 304): bytes are counted and dropped. */
    public void discard() {
        discarding = true;
    }

    /** After {@code sendError}: writes are dropped until the container takes over. */
    public void suspend(boolean value) {
        suspended = value;
    }

    /** Commits the head without a byte of the body. */
    public void commitNow() throws IOException {
        flush();
    }

    private int accepts(int length) {
        checkReady();
        if (suspended || closed) {
            // Servlet 6.1, 5.7: a closed response takes nothing more
            return 0;
        }
        return limit < 0 ? length : (int) Math.min(length, limit - written);
    }

    private void wrote(long length) throws IOException {
        written += length;
        if (limit > 0 && written >= limit) {
            close();
        } else if (eager) {
            drainBuffer();
            body.flush();
        }
    }

    private void checkReady() {
        if (listener != null && pending.hasRemaining()) {
            throw new IllegalStateException(
                    "isReady() has not returned true: wait for onWritePossible() before the next write (Servlet 6.1, 5.5)");
        }
    }

    private void reserve(int size) {
        if (size > buffer.length) {
            int grown = Math.max(Math.max(size, FIRST_ALLOCATION), Math.min(buffer.length * 4, bufferSize));
            buffer = Arrays.copyOf(buffer, Math.min(grown, Math.max(bufferSize, size)));
        }
    }

    private void writeThrough(byte[] source, int offset, int length) throws IOException {
        int room = bufferSize - count;
        if (count > 0 && length - room < bufferSize) {
            reserve(bufferSize);
            System.arraycopy(source, offset, buffer, count, room);
            count += room;
            drainBuffer();
            reserve(length - room);
            System.arraycopy(source, offset + room, buffer, 0, length - room);
            count = length - room;
            return;
        }
        drainBuffer();
        commit(-1);
        send(ByteBuffer.wrap(source, offset, length));
    }

    private void drainBuffer() throws IOException {
        if (count > 0) {
            commit(-1);
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
            count = 0;
            send(bytes);
        }
    }

    private void send(ByteBuffer bytes) throws IOException {
        if (discarding) {
            return;
        }
        while (bytes.hasRemaining()) {
            if (pending.hasRemaining()) {
                keep(bytes);
                return;
            }
            if (body.write(bytes) > 0) {
                continue;
            }
            if (listener != null) {
                keep(bytes);
                return;
            }
            body.awaitWritable();
        }
    }

    private void keep(ByteBuffer rest) {
        ByteBuffer joined = ByteBuffer.allocate(pending.remaining() + rest.remaining());
        joined.put(pending).put(rest).flip();
        pending = joined;
    }

    private void commit(long complete) {
        if (!committed) {
            committed = true;
            head.commit(complete);
        }
    }

    private void resume() {
        lane.run(this::drive);
    }

    /** On the lane: sends what is pending, then ends the response or calls the listener. */
    private void drive() {
        WriteListener target = listener;
        if (target == null || failed) {
            return;
        }
        try {
            if (pending.hasRemaining()) {
                while (pending.hasRemaining() && body.write(pending) > 0) {}
            }
            if (pending.hasRemaining()) {
                body.onWritable(this::resume);
            } else if (closed) {
                body.end();
            } else if (callbackDue) {
                callbackDue = false;
                target.onWritePossible();
            }
        } catch (Throwable thrown) {
            failNow(thrown);
        }
    }

    private void failNow(Throwable thrown) {
        WriteListener target = listener;
        if (target != null && !failed) {
            failed = true;
            target.onError(thrown);
        }
    }
}
