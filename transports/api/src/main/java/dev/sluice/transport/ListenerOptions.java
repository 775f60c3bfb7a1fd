package dev.sluice.transport;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * How to listen.
 *
 * @param address where; port 0 means any free port
 * @param backlog connections that the kernel holds for us before it refuses
 * @param reusePort whether other sockets may listen on the same port (SO_REUSEPORT)
 * @param fastOpen how many TCP fast open requests may be pending; 0 switches it off
 */
public record ListenerOptions(InetSocketAddress address, int backlog, boolean reusePort, int fastOpen) {
    /** The backlog unless told otherwise; the kernel lowers it to net.core.somaxconn. */
    public static final int DEFAULT_BACKLOG = 4096;

    /** Checks the values. */
    public ListenerOptions {
        Objects.requireNonNull(address, "address");
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(
                    "address: " + address + " (expected: a host name that resolves, or an IP address)");
        }
        TransportOptions.require("backlog", backlog, 1, 65_535);
        TransportOptions.require("fastOpen", fastOpen, 0, 65_535);
    }

    /** Listening at an address with the defaults. */
    public static ListenerOptions at(InetSocketAddress address) {
        return new ListenerOptions(address, DEFAULT_BACKLOG, false, 0);
    }

    /** The same with another backlog. */
    public ListenerOptions withBacklog(int size) {
        return new ListenerOptions(address, size, reusePort, fastOpen);
    }

    /** The same with SO_REUSEPORT on or off. */
    public ListenerOptions withReusePort(boolean reuse) {
        return new ListenerOptions(address, backlog, reuse, fastOpen);
    }

    /** The same with TCP fast open. */
    public ListenerOptions withFastOpen(int pending) {
        return new ListenerOptions(address, backlog, reusePort, pending);
    }
}
