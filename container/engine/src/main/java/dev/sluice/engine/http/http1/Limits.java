package dev.sluice.engine.http.http1;

/**
 * How much of a request is read before it is refused.
 *
 * @param head bytes of request line and fields, or of trailers
 * @param fields fields of a head, or of trailers
 * @param target bytes of the request target
 */
public record Limits(int head, int fields, int target) {}
