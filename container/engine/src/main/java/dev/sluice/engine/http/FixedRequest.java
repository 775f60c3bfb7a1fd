package dev.sluice.engine.http;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A request that was answered without an exchange, for those who count and log. Valid while its owner is told. */
public interface FixedRequest {
    /** GET or HEAD. */
    String method();

    /** The request target as sent. */
    String target();

    /** The host that the client asked for, without port. */
    String hostName();

    /** The id that was sent back. */
    String requestId();

    /** The status sent. */
    int status();

    /** Bytes of the response's body. */
    int bytesSent();

    /** {@link System#nanoTime} when the head was read. */
    long startNanos();

    /** The other end of the connection. */
    @Nullable
    InetSocketAddress remoteAddress();

    /** The Referer field, or null. */
    @Nullable
    String referer();

    /** The User-Agent field, or null. */
    @Nullable
    String userAgent();
}
