package dev.sluice.engine.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;

/** How many connections there are, of all clients and of each. An address is forgotten with its last connection. Any thread. */
final class ConnectionLimits {
    private final int most;
    private final int mostPerClient;
    private volatile boolean draining;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> perClient = new ConcurrentHashMap<>();

    ConnectionLimits(HttpOptions options) {
        most = options.maxConnections();
        mostPerClient = options.maxConnectionsPerClient();
    }

    /** Takes a place; false if there is none. */
    boolean enter(StreamConnection connection) {
        if (open.incrementAndGet() > most && most > 0) {
            open.decrementAndGet();
            return false;
        }
        InetAddress client = client(connection);
        if (mostPerClient > 0 && client != null && perClient.merge(client, 1, Integer::sum) > mostPerClient) {
            leave(client);
            return false;
        }
        return true;
    }

    /** Gives the place back, of the client that {@link #client} named when it was taken. */
    void leave(@Nullable InetAddress client) {
        open.decrementAndGet();
        if (mostPerClient > 0 && client != null) {
            perClient.computeIfPresent(client, (address, count) -> count == 1 ? null : count - 1);
        }
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
