package dev.sluice.engine.handler;

import dev.sluice.engine.application.Call;
import dev.sluice.engine.http.ResponseBody;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * What application code writes into; parks while the client is slow. A response that fits into the buffer is sent in one piece
 * with its length. Not for use by several threads at once.
 */
public final class ResponseStream extends OutputStream {
    private static final int SIZE = 8 * 1024;

    private final Call call;
    private final ResponseBody body;
    private final ByteBuffer buffer = ByteBuffer.allocate(SIZE);
    private boolean begun;
    private boolean closed;

    ResponseStream(Call call) {
        this.call = call;
        this.body = call.exchange().responseBody();
    }

    @Override
    public void write(int b) throws IOException {
        check();
        if (!buffer.hasRemaining()) {
            drain();
        }
        buffer.put((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        check();
        if (length <= buffer.remaining()) {
            buffer.put(bytes, offset, length);
            return;
        }
        drain();
        if (length < SIZE) {
            buffer.put(bytes, offset, length);
        } else {
            send(ByteBuffer.wrap(bytes, offset, length));
        }
    }

    @Override
    public void flush() throws IOException {
        check();
        drain();
        begun = true;
        while (!body.flush()) {
            body.awaitWritable();
        }
    }

    /** Completes the response. */
    void complete() throws IOException {
        check();
        closed = true;
        if (!begun) {
            body.writeLast(buffer.flip());
            return;
        }
        send(buffer.flip());
        call.exchange().end();
    }

    /** Nothing can be written any more. */
    @Override
    public void close() {
        closed = true;
    }

    private void drain() throws IOException {
        send(buffer.flip());
        buffer.clear();
    }

    private void send(ByteBuffer bytes) throws IOException {
        begun |= bytes.hasRemaining();
        while (bytes.hasRemaining()) {
            checkCancelled();
            if (body.write(bytes) == 0) {
                body.awaitWritable();
            }
        }
    }

    private void check() throws IOException {
        if (closed) {
            throw new IOException("writing the body of " + call + " after it was complete (expected: before)");
        }
        checkCancelled();
    }

    private void checkCancelled() throws IOException {
        if (call.cancelled()) {
            throw new IOException("the request was cancelled: " + call);
        }
    }
}
