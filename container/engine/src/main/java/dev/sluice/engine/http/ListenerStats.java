package dev.sluice.engine.http;

/**
 * Figures of a listener; counts are since it was made.
 *
 * @param accepted connections taken
 * @param open connections that are open now
 * @param overLimit connections closed at once because there were too many
 * @param malformed requests refused because they were not HTTP as it should be
 * @param oversized requests refused because their head was too large (414, 431)
 * @param evicted connections closed because the client was too slow or idle
 * @param disconnected clients that went away while their request was handled
 * @param slow responses broken off because the client took them too slowly, or nothing for the write timeout
 * @param direct requests for fixed responses that were answered straight from the read buffer
 * @param streamsRefused requests of HTTP/2 refused because too many were under way on their connection
 */
public record ListenerStats(
        long accepted,
        long open,
        long overLimit,
        long malformed,
        long oversized,
        long evicted,
        long disconnected,
        long slow,
        long direct,
        long streamsRefused) {}
