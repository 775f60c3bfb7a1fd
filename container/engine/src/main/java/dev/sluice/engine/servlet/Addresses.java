package dev.sluice.engine.servlet;

import java.net.InetSocketAddress;

/** The ends of a connection as applications see them. */
final class Addresses {
    private Addresses() {}

    /** The address in numbers, or the name of an address that was not resolved. */
    static String address(InetSocketAddress socket) {
        return socket.getAddress() == null
                ? socket.getHostString()
                : socket.getAddress().getHostAddress();
    }

    /** The name if it is known without asking a name server, otherwise the address. */
    static String host(InetSocketAddress socket) {
        return socket.getHostString();
    }
}
