package dev.sluice.engine.handler;

import dev.sluice.api.RequestBody;
import dev.sluice.api.StatusException;
import dev.sluice.engine.http.BodyTooLargeException;
import dev.sluice.engine.http.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.OptionalLong;

/** The body of a request; whoever reads it parks until the client has sent more. */
public final class CallBody extends InputStream implements RequestBody {
    private final HttpExchange exchange;
    private volatile boolean over;

    CallBody(HttpExchange exchange) {
        this.exchange = exchange;
    }

    void over() {
        over = true;
    }

    @Override
    public InputStream stream() {
        return this;
    }

    @Override
    public OptionalLong length() {
        long length = exchange.requestBody().contentLength();
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    @Override
    public Charset charset() {
        String type = exchange.requestHeaders().first("Content-Type");
        return type == null ? StandardCharsets.UTF_8 : RequestBody.charsetOf(type);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (over) {
            throw new IOException(
                    "reading the body of " + exchange
                            + " after its response was complete (expected: before the handler returns, or in the response's body)");
        }
        if (exchange.loop().onOwnThread()) {
            throw new IllegalStateException("reading the body of " + exchange
                    + " in a handler that is declared non-blocking, which would wait for the"
                    + " client (expected: no Handler.nonBlocking, or a response whose body reads it)");
        }
        if (length == 0) {
            return 0;
        }
        ByteBuffer target = ByteBuffer.wrap(bytes, offset, length);
        try {
            int count;
            while ((count = exchange.requestBody().read(target)) == 0) {
                exchange.requestBody().awaitReadable();
            }
            return count;
        } catch (BodyTooLargeException e) {
            throw new StatusException(413, "The request body is longer than " + e.limit() + " bytes.", e);
        }
    }

    @Override
    public int available() {
        return 0;
    }
}
