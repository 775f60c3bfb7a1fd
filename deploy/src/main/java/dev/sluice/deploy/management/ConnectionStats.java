package dev.sluice.deploy.management;

/**
 * Figures of the connections that applications are served on.
 *
 * @param transport what drives the sockets
 * @param loops how many I/O threads
 * @param open connections that are open now
 * @param accepted connections so far
 * @param bytesRead bytes from the network so far
 * @param bytesWritten bytes to the network so far
 */
public record ConnectionStats(
        String transport, int loops, long open, long accepted, long bytesRead, long bytesWritten) {
    /** Before there is a transport. */
    public static final ConnectionStats NONE = new ConnectionStats("none", 0, 0, 0, 0, 0);
}
