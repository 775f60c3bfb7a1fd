package dev.sluice.engine.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.xnio.conduits.ConduitStreamSinkChannel;

/**
 * Informational responses ahead of the final one (RFC 8297). Undertow has them for {@code 100 Continue} only, so the head is
 * written here, straight to the connection, before the response's own writing has begun.
 */
final class EarlyHints {
    private EarlyHints() {}

    /** Whether 103 can be sent: HTTP/1.1 only, since HTTP/1.0 has none and Undertow's HTTP/2 ends a stream with every head. */
    static boolean possible(HttpServerExchange undertow) {
        return undertow.getConnection() instanceof HttpServerConnection && undertow.isHttp11();
    }

    /**
     * Writes the head; the caller keeps everybody else from answering meanwhile.
     *
     * @return false if the connection is so full that nothing of it could be written
     * @throws IOException if the client is gone, or took only a part of the head in time
     */
    static boolean send(HttpServerExchange undertow, Headers headers, long timeoutNanos) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 103 Early Hints\r\n");
        headers.forEach((name, value) ->
                head.append(name).append(": ").append(Headers.wire(value)).append("\r\n"));
        ByteBuffer bytes = ByteBuffer.wrap(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        ConduitStreamSinkChannel sink =
                ((HttpServerConnection) undertow.getConnection()).getChannel().getSinkChannel();
        if (sink.write(bytes) == 0) {
            return false;
        }
        while (bytes.hasRemaining()) {
            Parking parking = new Parking();
            sink.setWriteListener(ready -> {
                ready.suspendWrites();
                ready.setWriteListener(null);
                parking.run();
            });
            sink.resumeWrites();
            parking.await(timeoutNanos, "write early hints");
            sink.write(bytes);
        }
        sink.flush();
        return true;
    }
}
