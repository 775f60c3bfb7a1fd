package dev.sluice.engine.http;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a trusted proxy has told of a request as the client sent it.
 *
 * @param client the last hop that is no trusted proxy, its port 0 where it was not told; null: not told
 * @param scheme {@code http} or {@code https}; null: not told
 * @param host without port, an IPv6 address in brackets; null: not told
 * @param port 0: not told
 * @param prefix what the proxy has cut off the path: empty, or a path without a slash at its end
 */
record Forwarding(
        @Nullable InetSocketAddress client,
        @Nullable String scheme,
        @Nullable String host,
        int port,
        String prefix) {

    /** Nothing was told. */
    static final Forwarding NONE = new Forwarding(null, null, null, 0, "");

    /** Whether two tell the same of client, scheme and host. */
    boolean agreesWith(Forwarding other) {
        return java.util.Objects.equals(client, other.client)
                && java.util.Objects.equals(scheme, other.scheme)
                && java.util.Objects.equals(host, other.host);
    }
}
