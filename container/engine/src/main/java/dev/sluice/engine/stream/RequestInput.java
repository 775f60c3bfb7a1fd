package dev.sluice.engine.stream;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as a stream.
 *
 * <p>Without a listener a read parks the thread until bytes come. With a listener the stream is in one of four modes:
 *
 * <pre>
 *  READY ----isReady() finds nothing---> AWAITING ---bytes, onDataAvailable---> READY
 *    |                                      |
 *    +---- end of the body is known --------+---> FINISHED (onAllDataRead, once)
 *    +---- reading fails -------------------+---> FAILED   (onError, once)
 * </pre>
 *
 * One thread at a time: the application's own while it is in a callback, as the specification demands.
 */
public final class RequestInput extends ServletInputStream {
    private static final int LOOK_AHEAD = 8192;
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final ByteSource body;
    private final CallbackLane lane;
    private ByteBuffer ahead = EMPTY;
    private boolean ended;
    private boolean closed;
    private @Nullable ReadListener listener;
    private Mode mode = Mode.READY;
    private @Nullable IOException failure;

    private enum Mode {
        READY,
        AWAITING,
        FINISHED,
        FAILED
    }

    /** The stream over a body; nothing is read before the first call. */
    public RequestInput(ByteSource body, CallbackLane lane) {
        this.body = body;
        this.lane = lane;
    }

    @Override
    public int read() throws IOException {
        if (!ahead.hasRemaining() && !fill()) {
            return -1;
        }
        return ahead.get() & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        return length == 0 ? 0 : readInto(ByteBuffer.wrap(target, offset, length));
    }

    /** What was read stands between the buffer's position, which stays, and its new limit. */
    @Override
    public int read(ByteBuffer target) throws IOException {
        Objects.requireNonNull(target, "target");
        if (listener != null) {
            checkReadable();
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        int position = target.position();
        int count = readInto(target);
        if (count > 0) {
            target.limit(position + count).position(position);
        }
        return count;
    }

    @Override
    public int readLine(byte[] target, int offset, int length) throws IOException {
        requireBlocking("readLine");
        return super.readLine(target, offset, length);
    }

    @Override
    public byte[] readAllBytes() throws IOException {
        requireBlocking("readAllBytes");
        return super.readAllBytes();
    }

    @Override
    public byte[] readNBytes(int length) throws IOException {
        requireBlocking("readNBytes");
        return super.readNBytes(length);
    }

    @Override
    public int readNBytes(byte[] target, int offset, int length) throws IOException {
        requireBlocking("readNBytes");
        return super.readNBytes(target, offset, length);
    }

    private void requireBlocking(String method) {
        if (listener != null) {
            throw new IllegalStateException(method
                    + "() waits, and a ReadListener was set (expected: read() after isReady() has returned true)");
        }
    }

    private int readInto(ByteBuffer target) throws IOException {
        if (ahead.hasRemaining()) {
            checkReadable();
            return drainAhead(target);
        }
        return readBody(target);
    }

    @Override
    public int available() throws IOException {
        if (closed || listener != null) {
            return ahead.remaining();
        }
        if (!ahead.hasRemaining()) {
            lookAhead();
        }
        return ahead.remaining();
    }

    @Override
    public boolean isFinished() {
        return !ahead.hasRemaining() && (ended || body.finished());
    }

    @Override
    public boolean isReady() {
        if (listener == null) {
            return true;
        }
        if (mode == Mode.AWAITING || mode == Mode.FINISHED || mode == Mode.FAILED) {
            return false;
        }
        if (ahead.hasRemaining()) {
            return true;
        }
        if (probe()) {
            return true;
        }
        mode = Mode.AWAITING;
        if (ended || failure != null) {
            lane.run(this::drive);
        } else {
            body.onReadable(this::resume);
        }
        return false;
    }

    @Override
    public void setReadListener(ReadListener readListener) {
        Objects.requireNonNull(readListener, "readListener");
        if (listener != null) {
            throw new IllegalStateException("A ReadListener is set already (expected: one for a request)");
        }
        if (!lane.nonBlockingAllowed()) {
            throw new IllegalStateException(
                    "A ReadListener needs asynchronous mode: call startAsync() first, or upgrade the connection");
        }
        listener = readListener;
        mode = Mode.AWAITING;
        lane.run(this::drive);
    }

    /** What is left is not read: the connection's owner decides what to do with it. */
    @Override
    public void close() {
        closed = true;
        ahead = EMPTY;
    }

    /** True if a listener was set. */
    public boolean nonBlocking() {
        return listener != null;
    }

    /** Tells the listener about a failure from outside, such as a lost connection; at most once. */
    public void fail(IOException cause) {
        if (listener != null && mode != Mode.FINISHED && mode != Mode.FAILED) {
            failure = cause;
            lane.run(this::drive);
        }
    }

    private void resume() {
        lane.run(this::drive);
    }

    /** On the lane: finds out what there is and calls the listener for it. */
    private void drive() {
        ReadListener target = listener;
        if (target == null || mode != Mode.AWAITING && failure == null || finishedOrFailed()) {
            return;
        }
        if (failure == null && (ahead.hasRemaining() || probe())) {
            mode = Mode.READY;
            callDataAvailable(target);
        }
        if (finishedOrFailed()) {
            return;
        }
        if (failure != null) {
            mode = Mode.FAILED;
            target.onError(failure);
        } else if (isFinished()) {
            mode = Mode.FINISHED;
            callAllDataRead(target);
        } else if (mode == Mode.AWAITING) {
            body.onReadable(this::resume);
        }
    }

    private boolean finishedOrFailed() {
        return mode == Mode.FINISHED || mode == Mode.FAILED;
    }

    private void callDataAvailable(ReadListener target) {
        try {
            target.onDataAvailable();
        } catch (Throwable thrown) {
            mode = Mode.FAILED;
            target.onError(thrown);
        }
    }

    private void callAllDataRead(ReadListener target) {
        try {
            target.onAllDataRead();
        } catch (Throwable thrown) {
            mode = Mode.FAILED;
            target.onError(thrown);
        }
    }

    /** Reads ahead without waiting; true if there are bytes. Remembers the end and a failure. */
    private boolean probe() {
        try {
            return lookAhead();
        } catch (IOException cause) {
            failure = cause;
            return false;
        }
    }

    private boolean lookAhead() throws IOException {
        if (ended) {
            return false;
        }
        ByteBuffer target = emptyAhead();
        int count = body.read(target);
        target.flip();
        ended = count < 0;
        return count > 0;
    }

    /** Blocking: true if there are bytes, false at the end. */
    private boolean fill() throws IOException {
        checkReadable();
        ByteBuffer target = emptyAhead();
        target.limit(0);
        if (ended) {
            return false;
        }
        target.clear();
        int count;
        try {
            count = readBody(target);
        } finally {
            target.flip();
        }
        return count > 0;
    }

    private int readBody(ByteBuffer target) throws IOException {
        checkReadable();
        if (ended) {
            return -1;
        }
        int count = body.read(target);
        while (count == 0) {
            if (listener != null) {
                throw notReady();
            }
            body.awaitReadable();
            count = body.read(target);
        }
        ended = count < 0;
        return count;
    }

    private void checkReadable() throws IOException {
        if (closed) {
            throw new IOException("The request's input stream is closed");
        }
        if (listener != null && mode == Mode.AWAITING) {
            throw notReady();
        }
    }

    private static IllegalStateException notReady() {
        return new IllegalStateException(
                "isReady() has not returned true: wait for onDataAvailable() before the next read (Servlet 6.1, 3.7)");
    }

    private ByteBuffer emptyAhead() {
        if (ahead == EMPTY) {
            ahead = ByteBuffer.allocate(LOOK_AHEAD);
        }
        return ahead.clear();
    }

    private int drainAhead(ByteBuffer target) {
        int count = Math.min(ahead.remaining(), target.remaining());
        int limit = ahead.limit();
        ahead.limit(ahead.position() + count);
        target.put(ahead);
        ahead.limit(limit);
        return count;
    }
}
