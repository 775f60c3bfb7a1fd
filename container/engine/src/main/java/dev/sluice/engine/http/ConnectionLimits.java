package dev.sluice.engine.http;

import dev.sluice.engine.http.http1.Limits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;

/**
 * How many connections there are, of all clients and of each; a trusted proxy is no client. An address is forgotten with its last
 * connection. Any thread.
 */
final class ConnectionLimits {
    private final int most;
    private final int mostPerClient;
    private final int mostHandshakes;
    private final TrustedProxies proxies;
    private final Limits heads;
    private volatile boolean draining;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> perClient = new ConcurrentHashMap<>();
    private final ConcurrentMap<InetAddress, Integer> handshakes = new ConcurrentHashMap<>();
    private final IdleConnections idle = new IdleConnections();

    ConnectionLimits(HttpOptions options) {
        most = options.maxConnections();
        mostPerClient = options.maxConnectionsPerClient();
        mostHandshakes = options.maxHandshakesPerClient();
        proxies = options.proxies();
        heads = new Limits(options.maxHeadSize(), options.maxHeaderCount(), options.maxTargetLength());
    }

    /** How much of a head each connection may read. */
    Limits heads() {
        return heads;
    }

    /** Takes a place, for which the connection that is idle for longest is closed if there is none; false if none is idle. */
    boolean enter(StreamConnection connection) {
        int now = open.incrementAndGet();
        InetAddress client = client(connection);
        if (limited(client) && perClient.merge(client, 1, Integer::sum) > mostPerClient) {
            leave(client);
            return false;
        }
        if (most > 0 && now > most && !idle.makeRoom()) {
            leave(client);
            return false;
        }
        return true;
    }

    /** The connections that may have to make room. */
    IdleConnections idle() {
        return idle;
    }

    /** A TLS handshake begins; false if the client has too many that have not ended. */
    boolean beginHandshake(@Nullable InetAddress client) {
        if (mostHandshakes > 0 && client != null && handshakes.merge(client, 1, Integer::sum) > mostHandshakes) {
            endHandshake(client);
            return false;
        }
        return true;
    }

    /** A TLS handshake has ended that {@link #beginHandshake} let begin. */
    void endHandshake(@Nullable InetAddress client) {
        if (mostHandshakes > 0 && client != null) {
            handshakes.computeIfPresent(client, (address, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Gives the place back, of the client that {@link #client} named when it was taken. */
    void leave(@Nullable InetAddress client) {
        open.decrementAndGet();
        if (limited(client)) {
            perClient.computeIfPresent(client, (address, count) -> count == 1 ? null : count - 1);
        }
    }

    private boolean limited(@Nullable InetAddress client) {
        return mostPerClient > 0 && client != null && !proxies.trusts(client);
    }

    static @Nullable InetAddress client(StreamConnection connection) {
        InetSocketAddress address = address(connection);
        return address == null ? null : address.getAddress();
    }

    static @Nullable InetSocketAddress address(StreamConnection connection) {
        return connection.getPeerAddress() instanceof InetSocketAddress address ? address : null;
    }

    /** From now on each connection ends with the request that it carries. */
    void drain() {
        draining = true;
    }

    boolean draining() {
        return draining;
    }

    int open() {
        return open.get();
    }
}
