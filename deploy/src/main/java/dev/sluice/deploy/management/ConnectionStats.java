package dev.sluice.deploy.management;

import dev.sluice.engine.http.ListenerStats;
import dev.sluice.transport.Spread;
import java.util.List;

/**
 * Figures of the connections that applications are served on.
 *
 * @param transport what drives the sockets
 * @param loops how many I/O threads
 * @param open connections that are open now
 * @param accepted connections so far
 * @param bytesRead bytes from the network so far
 * @param bytesWritten bytes to the network so far
 * @param buffers buffers of the I/O threads that are in use now
 * @param holds how often one request held an I/O thread beyond the bound
 * @param perLoop each I/O thread
 * @param listener what happened to connections and to requests that were none
 */
public record ConnectionStats(
        String transport,
        int loops,
        long open,
        long accepted,
        long bytesRead,
        long bytesWritten,
        long buffers,
        long holds,
        List<LoopStats> perLoop,
        ListenerStats listener) {
    /** Before there is a transport. */
    public static final ConnectionStats NONE = new ConnectionStats(
            "none", 0, 0, 0, 0, 0, 0, 0, List.of(), new ListenerStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    /** Copies the list. */
    public ConnectionStats {
        perLoop = List.copyOf(perLoop);
    }

    /** How evenly connections were spread over the I/O threads so far. */
    public Spread spread() {
        return Spread.of(perLoop.stream().map(LoopStats::connectionsTotal).toList());
    }
}
