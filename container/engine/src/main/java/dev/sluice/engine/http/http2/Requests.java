package dev.sluice.engine.http.http2;

import org.jspecify.annotations.Nullable;

/** Takes the requests of a connection. Called on the loop; must not block. */
public interface Requests {
    /**
     * A header block is complete.
     *
     * @param last whether no body follows
     * @return who wants to know how the stream goes on; null if the request is malformed and its stream is to be reset
     */
    @Nullable
    StreamListener request(Stream stream, Fields fields, boolean last);

    /** A request was refused because too many are under way on the connection. */
    void refused();

    /** The client has broken the rules or the limits, and its connection ends. */
    void broken(ErrorCode code, String reason);

    /** The connection has lasted too long without a request, or without a step of the one that has begun. */
    void evicted();

    /** The connection is closed. */
    void closed();
}
