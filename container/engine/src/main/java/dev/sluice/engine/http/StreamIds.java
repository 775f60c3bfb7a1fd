package dev.sluice.engine.http;

import io.undertow.protocols.http2.Http2DataStreamSinkChannel;
import io.undertow.server.ServerConnection;
import io.undertow.server.protocol.http2.Http2ServerConnection;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The id of an exchange's HTTP/2 stream. Undertow 2.4 answers {@code getProtocolRequestId} with the number of the next stream that the
 * server would open, so the stream is asked itself.
 */
final class StreamIds {
    private static final VarHandle RESPONSE_CHANNEL;

    static {
        try {
            RESPONSE_CHANNEL = MethodHandles.privateLookupIn(Http2ServerConnection.class, MethodHandles.lookup())
                    .findVarHandle(Http2ServerConnection.class, "responseChannel", Http2DataStreamSinkChannel.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private StreamIds() {}

    /** The stream's id; empty for HTTP/1, where a request has none. */
    static String of(ServerConnection connection) {
        return connection instanceof Http2ServerConnection
                ? Integer.toString(((Http2DataStreamSinkChannel) RESPONSE_CHANNEL.get(connection)).getStreamId())
                : "";
    }
}
