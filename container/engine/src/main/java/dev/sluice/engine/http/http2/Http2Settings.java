package dev.sluice.engine.http.http2;

import java.time.Duration;

/**
 * Limits of a connection. A duration of zero switches a timeout off.
 *
 * @param maxStreams requests at once; more are refused with REFUSED_STREAM
 * @param maxHeadSize bytes of the decoded header fields of a request, names, values and 32 for each (RFC 9113, 6.5.2)
 * @param maxHeaderCount header fields of a request
 * @param headTimeout for the preface, for a header block, for any frame but DATA, and for the acknowledgement of our settings
 * @param idleTimeout how long a connection may be without a stream
 * @param writeTimeout how long the client may take nothing of what is to be sent
 */
public record Http2Settings(
        int maxStreams,
        int maxHeadSize,
        int maxHeaderCount,
        Duration headTimeout,
        Duration idleTimeout,
        Duration writeTimeout) {
    /** The window of a stream: bytes of a request's body that may come before they are read. */
    static final int STREAM_WINDOW = 128 * 1024;
    /** The window of a connection: the same for all its streams together. */
    static final int CONNECTION_WINDOW = 1024 * 1024;
    /** Bytes that may wait for the client to take them; what is more waits in the applications. */
    static final int OUTPUT_BOUND = 256 * 1024;
}
