package dev.sluice.engine.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * The body of a response. The first write sends the head. Nothing is buffered here: what is accepted is on its way. Usable from any one
 * thread at a time. If somebody else has answered ({@link HttpExchange#claim}), everything is accepted and dropped.
 */
public final class ResponseBody {
    private final HttpExchange exchange;
    private final HttpStream stream;
    private boolean opened;
    private boolean dropped;
    private boolean last;
    private @Nullable ResponseRate rate; // since the first wait; null while there was none or nothing is demanded

    ResponseBody(HttpExchange exchange, HttpStream stream) {
        this.exchange = exchange;
        this.stream = stream;
    }

    /**
     * Writes what the connection takes now.
     *
     * @return the number of bytes taken; 0 if the connection is full
     * @throws IOException if the client is gone
     */
    public int write(ByteBuffer source) throws IOException {
        if (!open()) {
            return drop(source);
        }
        try {
            return source.hasRemaining() ? stream.write(source) : 0;
        } catch (IOException e) {
            exchange.failed(e);
            throw e;
        }
    }

    /**
     * Parks this thread until {@link #write} takes something.
     *
     * @throws IOException if the client takes nothing for the write timeout, or less than the least rate, or is gone
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
        if (exchange.failure() instanceof SlowClientException slow) {
            throw slow;
        }
        if (!stream.connected()) {
            throw exchange.lost();
        }
    }

    /** Runs the action once, on the loop, when {@link #write} takes something or fails. Replaces one that has not run yet. */
    public void onWritable(Runnable action) {
        if (open() && fastEnough()) {
            stream.onWritable(waiting(action)::ready);
        } else {
            exchange.loop().execute(action);
        }
    }

    /**
     * Sends the head if that has not happened, and pushes what was written towards the client.
     *
     * @return true if nothing is left behind; otherwise {@link #awaitWritable} and flush again
     */
    public boolean flush() throws IOException {
        if (!open()) {
            return true;
        }
        try {
            return stream.flush();
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
        if (!opened && !exchange.committed()) {
            exchange.lengthIfUnknown(source.remaining());
            exchange.completion().readRequestFirst();
        }
        last = true;
        if (!exchange.takeEnd() || !exchange.commit()) {
            drop(source);
        } else if (exchange.loop().isCurrent()) {
            // Behind the mounted thread: what is done on the loop's own thread costs less.
            exchange.loop().soon(() -> finishQuietly(source));
        } else {
            if (!open() || writeAll(source)) {
                exchange.completion().finish();
            }
        }
    }

    private void finishQuietly(ByteBuffer source) {
        try {
            if (open()) {
                finish(source);
            } else {
                exchange.completion().finish();
            }
        } catch (RuntimeException | Error e) {
            exchange.completion().broken(e);
        }
    }

    /** Writes the end of a response for which nobody waits. */
    void finish(ByteBuffer source) {
        try {
            if (writeAll(source)) {
                exchange.completion().finish();
            }
        } catch (IOException e) {
            exchange.abort(); // The cause is kept in the exchange.
        } catch (RuntimeException | Error e) {
            exchange.completion().broken(e);
        }
    }

    /** Before a wait: false if the client was too slow until now, which breaks the exchange off. */
    private boolean fastEnough() {
        long least = exchange.options().minResponseRate();
        if (least == 0 || exchange.failure() != null) {
            return true;
        }
        ResponseRate known = rate;
        if (known == null) {
            if (DeclaredStreams.declared(exchange.responseHeaders())) {
                return true;
            }
            known = new ResponseRate(least, exchange.options().rateGrace().toNanos());
            rate = known;
        }
        if (known.waits(System.nanoTime(), stream.taken())) {
            return true;
        }
        breakOff(new SlowClientException(least));
        return false;
    }

    private void breakOff(IOException why) {
        exchange.failed(why);
        stream.countSlow();
        exchange.abort();
    }

    /** False if the connection is full: then the rest goes on by itself. */
    private boolean writeAll(ByteBuffer source) throws IOException {
        try {
            while (source.hasRemaining()) {
                if (stream.writeFinal(source) == 0) {
                    if (!fastEnough()) {
                        return false;
                    }
                    stream.onWritable(waiting(() -> finish(source))::ready);
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
        ResponseRate known = rate;
        Runnable goesOn = known == null
                ? action
                : () -> {
                    known.goesOn(System.nanoTime());
                    action.run();
                };
        Duration longest = exchange.options().writeTimeout();
        return new Waiting(
                exchange.loop(),
                longest,
                goesOn,
                () -> breakOff(new SocketTimeoutException(
                        "response: the client took nothing for " + longest.toMillis() + " ms")));
    }

    /**
     * Sends a part of a file, parking while the client is slow; without a copy where the transport can. May move the channel's position.
     *
     * @throws IOException if the file is shorter or the client is gone
     */
    public void transferFrom(FileChannel file, long position, long count) throws IOException {
        if (!open()) {
            return;
        }
        long at = position;
        long end = position + count;
        try {
            while (at < end) {
                long moved = stream.transferFrom(file, at, end - at);
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

    /** Commits the head; false if somebody else has answered. */
    private boolean open() {
        if (!opened && !dropped) {
            opened = exchange.commit() && stream.openResponse();
            dropped = !opened;
        }
        return opened;
    }

    private static int drop(ByteBuffer source) {
        int count = source.remaining();
        source.position(source.limit());
        return count;
    }
}
