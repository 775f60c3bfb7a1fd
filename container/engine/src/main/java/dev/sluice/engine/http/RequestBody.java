package dev.sluice.engine.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * The body of a request, read without blocking; who wants to block parks in {@link #awaitReadable()}. Usable from any one thread at a
 * time. A client that waits for {@code 100 Continue} gets it with the first read.
 */
public final class RequestBody {
    private final HttpExchange exchange;
    private final HttpStream stream;

    private boolean begun;
    private boolean finished;
    private @Nullable Supplier<IOException> refusal;
    private volatile boolean stalled;
    private long received;
    private long maxSize;
    private long waitBegan; // 0 while nobody waits
    private long waited;

    RequestBody(HttpExchange exchange, HttpStream stream) {
        this.exchange = exchange;
        this.stream = stream;
        this.maxSize = exchange.options().maxBodySize();
    }

    /**
     * Reads what is there. Who reads on after a body was found too large, malformed or stalled gets such an exception again.
     *
     * @return the number of bytes, at least 1; 0 if there is nothing now or the buffer is full; -1 at the end
     * @throws BodyTooLargeException if the body is larger than the limit
     * @throws MalformedBodyException if the body is not framed as it should be
     * @throws StalledBodyException if the client sent nothing for the read timeout, or less than the least rate
     * @throws IOException if the client went away
     */
    public int read(ByteBuffer target) throws IOException {
        if (finished) {
            return -1;
        }
        if (refusal != null) {
            throw refusal.get();
        }
        begun = true;
        checkSize(stream.requestLength());
        int count = received(target);
        if (count > 0) {
            received += count;
            checkSize(received);
        } else if (count < 0) {
            finished = true;
        } else {
            checkBroken();
        }
        if (waitBegan != 0) {
            checkRate();
        }
        return count;
    }

    private int received(ByteBuffer target) throws IOException {
        try {
            return stream.read(target);
        } catch (IOException gone) {
            checkBroken();
            exchange.failed(gone);
            throw gone;
        }
    }

    /** Remembers what is wrong; a new exception for each read, as they may end in the same try statement. */
    private IOException refused(Supplier<IOException> cause) {
        refusal = cause;
        return cause.get();
    }

    /** The same for a body beyond a limit, which is counted. */
    private IOException beyond(Supplier<IOException> cause) {
        exchange.beyondLimit();
        return refused(cause);
    }

    /** Only the time counts in which somebody waited, so that a slow application does not blame its client. */
    private void checkRate() throws IOException {
        waited += System.nanoTime() - waitBegan;
        waitBegan = 0;
        HttpOptions options = exchange.options();
        long timeout = options.readTimeout().toNanos();
        long grace = options.rateGrace().toNanos();
        boolean late = waited > (timeout == 0 ? grace : Math.min(timeout, grace));
        if (late && !finished && received * 1e9 / waited < options.minBodyRate()) {
            long bytes = received;
            Duration time = Duration.ofNanos(waited);
            throw beyond(() -> new StalledBodyException(bytes, time, options.minBodyRate()));
        }
    }

    private void checkSize(long size) throws IOException {
        if (maxSize >= 0 && size > maxSize) {
            long limit = maxSize;
            throw beyond(() -> new BodyTooLargeException(limit));
        }
    }

    private void checkBroken() throws IOException {
        checkSize(stream.announced());
        String reason = stream.brokenBody();
        if (reason != null) {
            throw refused(() -> new MalformedBodyException(reason));
        }
        if (stalled) {
            throw beyond(() -> new StalledBodyException(exchange.options().readTimeout()));
        }
    }

    /**
     * Parks this thread until {@link #read} has something to return.
     *
     * <p>When the client sends nothing for the read timeout, this returns and the next read fails.
     *
     * @throws IOException if the connection is closed
     * @throws IllegalStateException on the loop's own thread, which must never wait
     */
    public void awaitReadable() throws IOException {
        if (finished) {
            return;
        }
        if (Thread.currentThread() instanceof XnioIoThread) {
            throw new IllegalStateException("waiting for the request body on the loop "
                    + Thread.currentThread().getName()
                    + " (expected: a lane that may block; a non-blocking handler must read with a listener)");
        }
        Parking parking = new Parking();
        onReadable(parking);
        parking.await(0, "read the request body");
        if (!stream.connected()) {
            throw exchange.lost();
        }
    }

    /** Whether the end was read, or there is no body. */
    public boolean finished() {
        return finished || !begun && stream.requestComplete();
    }

    /** The announced length, or -1 if none was announced. */
    public long contentLength() {
        return stream.requestLength();
    }

    /** Bytes read so far, without chunk headers. */
    public long received() {
        return received;
    }

    /**
     * Runs the action once, on the loop, when {@link #read} has something to return: bytes, the end or an error. The caller moves to its
     * own lane. Replaces an action that has not run yet.
     */
    public void onReadable(Runnable action) {
        if (finished || refusal != null) {
            exchange.loop().execute(action);
            return;
        }
        if (waitBegan == 0) {
            waitBegan = System.nanoTime();
        }
        Waiting waiting = new Waiting(exchange.loop(), exchange.options().readTimeout(), action, () -> stalled = true);
        begun = true;
        stream.onReadable(waiting::ready);
    }

    /** Limits the body to this many bytes from now on; -1 takes the limit away. */
    public void maxSize(long bytes) {
        maxSize = bytes;
    }

    /** Reads and drops what has arrived; true if that was the whole body. */
    boolean drain(int limit) {
        if (finished()) {
            return true;
        }
        if (refusal != null || stream.awaitsContinue() || maxSize >= 0 && maxSize < stream.requestLength()) {
            return false;
        }
        ByteBuffer scratch = ByteBuffer.allocate(Math.min(limit, 8192));
        try {
            for (int dropped = 0; dropped < limit; scratch.clear()) {
                int count = read(scratch);
                if (count <= 0) {
                    return count < 0;
                }
                dropped += count;
            }
        } catch (IOException e) {
            exchange.failed(e);
        }
        return false;
    }
}
