package dev.sluice.engine.observe;

import dev.sluice.engine.http.Answerer;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A request after its response was sent or given up.
 *
 * @param application the application's name; empty if no application was reached
 * @param version the application's version; empty without one
 * @param method the method
 * @param target the raw path, with the query behind a question mark
 * @param protocol as {@code HTTP/1.1}
 * @param status the status sent; 0 if the client went away before a head was sent
 * @param bytesSent bytes of the response's body
 * @param bytesReceived bytes of the request's body
 * @param nanos from the request's head to the end of the response
 * @param startMillis when the head was read, in milliseconds since 1970
 * @param requestId the request's id
 * @param remote the client's address
 * @param user the authenticated user, or null
 * @param answerer who answered; null if nobody did
 * @param lane the lane of the application's code; empty if none ran
 * @param host the host that was asked for
 * @param referer the Referer field, or null
 * @param userAgent the User-Agent field, or null
 * @param failure what broke the exchange, or null
 */
public record CompletedRequest(
        String application,
        String version,
        String method,
        String target,
        String protocol,
        int status,
        long bytesSent,
        long bytesReceived,
        long nanos,
        long startMillis,
        String requestId,
        @Nullable InetSocketAddress remote,
        @Nullable String user,
        @Nullable Answerer answerer,
        String lane,
        String host,
        @Nullable String referer,
        @Nullable String userAgent,
        @Nullable Throwable failure) {}
