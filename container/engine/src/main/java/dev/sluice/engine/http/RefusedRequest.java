package dev.sluice.engine.http;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A request that was refused before it became an exchange.
 *
 * @param status the answer
 * @param reason what was found and what was expected
 * @param id its id, which the answer has as X-Request-Id
 * @param method its method; empty if it was not read
 * @param target its target; empty if it was not read
 * @param protocol its protocol; empty if it was not read
 * @param remote the client's address
 */
public record RefusedRequest(
        int status,
        String reason,
        String id,
        String method,
        String target,
        String protocol,
        @Nullable InetSocketAddress remote) {}
